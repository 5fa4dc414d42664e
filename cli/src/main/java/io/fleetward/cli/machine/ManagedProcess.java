package io.fleetward.cli.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A process of ours: its output goes to a log file, and it ends when our pipe to it closes, so
/// that it cannot outlive us. Not thread safe.
public final class ManagedProcess {
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final int LAST_LINES = 12;

  private final String name;
  private final Path log;
  private final long logStart;
  private final Process process;

  private ManagedProcess(String name, Path log, long logStart, Process process) {
    this.name = name;
    this.log = log;
    this.logStart = logStart;
    this.process = process;
  }

  /// Starts a process in a session of its own, so that a Ctrl-C in the terminal reaches only us and
  /// we end it in order.
  ///
  /// @throws MachineException if it cannot be started
  public static ManagedProcess start(String name, List<String> command, Path log) {
    return start(name, command, Map.of(), log);
  }

  /// The same, with variables beside those of this process.
  static ManagedProcess start(
      String name, List<String> command, Map<String, String> environment, Path log) {
    List<String> inOwnSession = new ArrayList<>(List.of("setsid"));
    inOwnSession.addAll(command);
    try {
      long logStart = Files.exists(log) ? Files.size(log) : 0;
      ProcessBuilder builder =
          new ProcessBuilder(inOwnSession)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      Process process = builder.start();
      return new ManagedProcess(name, log, logStart, process);
    } catch (IOException e) {
      throw new MachineException("the %s could not be started: %s".formatted(name, e.getMessage()));
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public Path log() {
    return log;
  }

  /// Waits until a condition holds.
  ///
  /// @throws MachineException if the process ends first or the time is over, with its last words
  public void awaitReady(BooleanSupplier ready, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ready.getAsBoolean()) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new MachineException(
            "the %s ended with status %d while starting; its last words:\n%s"
                .formatted(name, process.exitValue(), lastWords()));
      }
      if (System.nanoTime() > deadline) {
        throw new MachineException(
            "the %s was not ready within %d s; its last words:\n%s"
                .formatted(name, limit.toSeconds(), lastWords()));
      }
    }
  }

  /// The end of what this process has logged, for a message.
  public String lastWords() {
    try (InputStream written = Files.newInputStream(log)) {
      written.skipNBytes(logStart);
      List<String> lines = new String(written.readAllBytes(), UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(%s cannot be read: %s)".formatted(log, e.getMessage());
    }
  }

  /// Asks the process to end, waits, and kills it if it does not.
  public void stop() throws InterruptedException {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /// Ends the process at once, as a crash would.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
