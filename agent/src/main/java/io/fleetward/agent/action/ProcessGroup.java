package io.fleetward.agent.action;

import io.fleetward.agent.linux.ProcessIdentity;
import io.fleetward.agent.linux.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// Runs programs in process groups of their own, with a clean environment, and leaves nothing
/// behind: whatever they started is ended with them. Confined to one thread.
final class ProcessGroup {
  private static final Path PROC = Path.of("/proc");
  private static final String SEARCH_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final long LOOK_EVERY_MILLIS = 50;

  private final StopRequest stop;
  private final Map<String, String> environment;

  /// @param stop asked while a program runs
  /// @param plan the id that everything started carries in its environment, so that it can be found
  ///   if this process dies
  ProcessGroup(StopRequest stop, String plan) {
    this.stop = stop;
    this.environment =
        Map.of("PATH", SEARCH_PATH, "LANG", "C.UTF-8", "HOME", "/", Orphans.PLAN_VARIABLE, plan);
  }

  /// How a program ended.
  sealed interface Ended {
    /// The end of what it printed.
    String output();

    record Exited(int status, String output) implements Ended {}

    /// It reached its limit and was ended with everything that it had started.
    record TimedOut(String output) implements Ended {}

    /// The daemon asked to end it.
    record Stopped(String output) implements Ended {}

    record NotStarted(String output) implements Ended {}
  }

  /// Runs a program to its end or its limit.
  ///
  /// @param whenStarted told the id of the group
  Ended run(List<String> arguments, Duration limit, LongConsumer whenStarted) {
    Process process;
    try {
      process = start(arguments);
    } catch (IOException e) {
      return new Ended.NotStarted(String.valueOf(e.getMessage()));
    }
    OutputTail tail = new OutputTail();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .name("fleetward-output")
            .start(() -> tail.drain(process.getInputStream()));
    boolean hasExited;
    boolean isStopped;
    try {
      whenStarted.accept(process.pid());
      long deadline = System.nanoTime() + limit.toNanos();
      do {
        hasExited = process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        isStopped = stop.isMade();
      } while (!hasExited && !isStopped && System.nanoTime() < deadline);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      hasExited = false;
      isStopped = true;
    } finally {
      endAll(process);
    }
    String output = outputOf(process, tail, reader);
    if (hasExited) {
      return new Ended.Exited(process.exitValue(), output);
    }
    return isStopped ? new Ended.Stopped(output) : new Ended.TimedOut(output);
  }

  private Process start(List<String> arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(setsid());
    builder.command().addAll(arguments);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.directory(Path.of("/").toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    return builder.start();
  }

  private static List<String> setsid() throws IOException {
    for (String folder : SEARCH_PATH.split(":", -1)) {
      Path program = Path.of(folder, "setsid");
      if (Files.isExecutable(program)) {
        return new java.util.ArrayList<>(List.of(program.toString()));
      }
    }
    throw new IOException("setsid is in none of %s; install util-linux".formatted(SEARCH_PATH));
  }

  /// Ends the group and every descendant: TERM, and KILL for what is left after the grace.
  static void endAll(Process process) {
    if (!process.isAlive() && leftOvers().isEmpty()) {
      return;
    }
    signal(process, Signal.TERM);
    if (!awaitEnd(process, GRACE)) {
      signal(process, Signal.KILL);
      awaitEnd(process, GRACE);
    }
  }

  private static void signal(Process process, Signal signal) {
    signal.sendToGroup(process.pid());
    if (process.isAlive()) {
      signal.sendTo(process.pid());
    }
    for (ProcessHandle handle : leftOvers()) {
      signal.sendTo(handle.pid());
    }
  }

  private static boolean awaitEnd(Process process, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      do {
        boolean hasExited = process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        if (hasExited && leftOvers().isEmpty()) {
          return true;
        }
        if (hasExited) {
          Thread.sleep(LOOK_EVERY_MILLIS);
        }
      } while (System.nanoTime() < deadline);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /// Descendants of this process that live; orphans are among them, since this process adopts them.
  private static List<ProcessHandle> leftOvers() {
    try (Stream<ProcessHandle> descendants = ProcessHandle.current().descendants()) {
      return descendants.filter(ProcessGroup::isAlive).toList();
    }
  }

  private static boolean isAlive(ProcessHandle handle) {
    try {
      return ProcessIdentity.of(PROC, (int) handle.pid())
          .filter(identity -> !identity.hasEnded())
          .isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String outputOf(Process process, OutputTail tail, Thread reader) {
    try {
      reader.join(1_000);
      if (reader.isAlive()) {
        process.getInputStream().close();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException _) {
      // nothing is lost but output
    }
    return tail.text();
  }
}
