package io.fleetward.agent.plans;

import io.fleetward.agent.action.RunRequest;
import io.fleetward.agent.action.RunnerMain;
import io.fleetward.agent.supervision.Supervisor;
import io.fleetward.protocol.messages.MessageCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Starts runners, one at a time, each a process of its own. [#stop] may be called from any thread,
/// the rest from one.
public final class RunnerProcess {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xshare:auto",
          "-Xss512k",
          "-Xms8m",
          "-Xmx32m",
          "--enable-native-access=ALL-UNNAMED");
  private static final long STOP_PATIENCE_SECONDS = 8;

  private final List<String> command;
  private final Map<String, String> settings;
  private final AtomicReference<Optional<Process>> running =
      new AtomicReference<>(Optional.empty());

  private volatile boolean isStopped;

  /// Takes each outcome; when it returns the outcome is safe.
  @FunctionalInterface
  public interface OutcomeTaker {
    void take(String envelope) throws IOException;
  }

  /// @param config the properties file that the daemon was started with
  /// @param settings environment variables that the daemon's options stand for
  public RunnerProcess(Optional<Path> config, Map<String, String> settings) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(FLAGS);
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(RunnerMain.class.getName());
    config.ifPresent(file -> words.addAll(List.of("--config", file.toAbsolutePath().toString())));
    this.command = List.copyOf(words);
    this.settings = Map.copyOf(settings);
  }

  /// Has a plan run, or refused; returns when the runner has ended.
  ///
  /// @return its exit status
  public int run(RunRequest request, OutcomeTaker outcomes)
      throws IOException, InterruptedException {
    return run(command, MessageCodec.text(request) + "\n", outcomes);
  }

  /// Has what an earlier runner left be settled.
  ///
  /// @return its exit status; 5 if another runner is still at work
  public int recover(OutcomeTaker outcomes) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command);
    words.add("--recover");
    return run(words, "", outcomes);
  }

  private int run(List<String> words, String firstLine, OutcomeTaker outcomes)
      throws IOException, InterruptedException {
    if (isStopped) {
      throw new IOException("the agent is shutting down");
    }
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(Redirect.INHERIT);
    builder.environment().putAll(settings);
    // what only the daemon may say
    builder.environment().keySet().removeAll(Supervisor.VARIABLES);
    Process process = builder.start();
    running.set(Optional.of(process));
    if (isStopped) {
      // asked to stop while it was being started: it has no request yet
      process.destroy();
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      say(process, firstLine);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        outcomes.take(line);
        say(process, "stored\n");
      }
      return process.waitFor();
    } finally {
      running.set(Optional.empty());
    }
  }

  private static void say(Process process, String text) {
    try {
      OutputStream input = process.getOutputStream();
      input.write(text.getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException _) {
      // the runner has ended; its output tells how
    }
  }

  /// Has the action that runs ended, waits for the runner to report it, and starts no other.
  public void stop() {
    isStopped = true;
    running
        .get()
        .ifPresent(process -> {
          say(process, "stop\n");
          try {
            if (!process.waitFor(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
              process.destroyForcibly();
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
