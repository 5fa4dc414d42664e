package io.fleetward.agent.plans;

import io.fleetward.agent.action.RunRequest;
import io.fleetward.agent.action.RunnerWords;
import io.fleetward.protocol.messages.MessageCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Starts runners, one at a time, and talks with them. [#stop] may be called from any thread, the
/// rest from one.
public final class Runners {
  private static final long STOP_PATIENCE_SECONDS = 8;

  private final RunnerLine.Source source;
  private final AtomicReference<Optional<AtWork>> running = new AtomicReference<>(Optional.empty());

  private volatile boolean isStopped;

  private record AtWork(RunnerLine line, CountDownLatch ended) {}

  /// Takes each outcome.
  @FunctionalInterface
  public interface OutcomeTaker {
    /// @return whether it is on the disk; otherwise the runner keeps it and hands it over again
    boolean take(String envelope);
  }

  /// What became of the wish to settle what an earlier runner left.
  public enum Recovery {
    SETTLED,
    /// Another runner is at work.
    BUSY,
    /// The runner ended without an answer; its own log says why.
    FAILED
  }

  private Runners(RunnerLine.Source source) {
    this.source = source;
  }

  /// Runners that are children of this process.
  ///
  /// @param config the properties file that the daemon was started with
  /// @param settings environment variables that the daemon's options stand for
  public static Runners asChildren(Optional<Path> config, Map<String, String> settings) {
    return new Runners(ChildRunner.source(config, settings));
  }

  /// Runners that systemd starts, one for each connection.
  public static Runners behind(Path socket) {
    return new Runners(UnitRunner.source(socket));
  }

  /// Has a plan run, or refused; returns when the runner has ended.
  public void run(RunRequest request, OutcomeTaker outcomes) throws IOException {
    ask(MessageCodec.text(request), outcomes);
  }

  /// Has what an earlier runner left be settled.
  public Recovery recover(OutcomeTaker outcomes) throws IOException {
    return ask(RunnerWords.RECOVER, outcomes);
  }

  private Recovery ask(String firstLine, OutcomeTaker outcomes) throws IOException {
    if (isStopped) {
      throw new IOException("the agent is shutting down");
    }
    CountDownLatch ended = new CountDownLatch(1);
    try (RunnerLine line = source.open()) {
      running.set(Optional.of(new AtWork(line, ended)));
      if (isStopped) {
        // asked to stop while it was being started: it has no request yet
        line.cancel();
      }
      say(line, firstLine);
      return listen(line, outcomes);
    } finally {
      running.set(Optional.empty());
      ended.countDown();
    }
  }

  private static Recovery listen(RunnerLine runner, OutcomeTaker outcomes) throws IOException {
    Recovery answer = Recovery.FAILED;
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(runner.fromRunner(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      switch (line) {
        case RunnerWords.SETTLED -> answer = Recovery.SETTLED;
        case RunnerWords.BUSY -> answer = Recovery.BUSY;
        default -> {
          if (outcomes.take(line)) {
            say(runner, RunnerWords.STORED);
          }
        }
      }
    }
    return answer;
  }

  private static void say(RunnerLine line, String word) {
    try {
      OutputStream toRunner = line.toRunner();
      toRunner.write((word + "\n").getBytes(StandardCharsets.UTF_8));
      toRunner.flush();
    } catch (IOException _) {
      // the runner has ended; its output tells how
    }
  }

  /// Has the action that runs ended, waits for the runner to report it, and starts no other.
  public void stop() {
    isStopped = true;
    running
        .get()
        .ifPresent(atWork -> {
          say(atWork.line(), RunnerWords.STOP);
          try {
            if (!atWork.ended().await(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
              atWork.line().abandon();
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
