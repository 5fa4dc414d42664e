package io.fleetward.acceptance.process;

import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.Installation.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A program that a test has started, as a user would. Confined to the test's thread.
public final class Launched implements AutoCloseable {
  /// Far more than any program needs to end; only one that hangs takes it.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path log;
  private final Process process;

  private Launched(Path log, Process process) {
    this.log = log;
    this.process = process;
  }

  /// Starts one of the programs.
  public static Launched program(Program program, Path folder, String... arguments) {
    return command(folder, Installation.current().command(program, Arrays.asList(arguments)));
  }

  /// Starts the `fleetward` command on the JVM of the test, which spares the launcher's look at the
  /// source.
  public static Launched fleetward(Path folder, String... arguments) {
    return command(folder, fleetwardCommand(arguments));
  }

  /// The command line of the `fleetward` command.
  public static List<String> fleetwardCommand(String... arguments) {
    List<String> broker = Installation.current().command(Program.BROKER, List.of());
    List<String> command = new ArrayList<>(broker.subList(0, broker.size() - 1));
    command.replaceAll(word -> word.endsWith("broker.args") ? word.replace("broker", "cli") : word);
    command.add("io.fleetward.cli.FleetwardCommand");
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /// Starts a command without the settings that the environment of the test may hold.
  ///
  /// @param folder where its output is kept
  public static Launched command(Path folder, List<String> command) {
    try {
      Path log = Files.createTempFile(folder, "launched", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.startsWith("FLEETWARD_"));
      builder.environment().put("FLEETWARD_NO_BUILD", "1");
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      return new Launched(log, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /// Waits until it has ended by itself.
  ///
  /// @throws AssertionError if it does not
  public Ended awaitEnd() throws InterruptedException {
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("did not end within %s:\n%s".formatted(LIMIT, output()));
    }
    return new Ended(process.exitValue(), output());
  }

  /// Waits until something is so.
  ///
  /// @throws AssertionError if it ends first, or does not come to it in time
  public void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "ended with status %d before %s:\n%s".formatted(process.exitValue(), what, output()));
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within %s: %s\n%s".formatted(LIMIT, what, output()));
      }
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// What it has written so far.
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends SIGTERM and waits.
  public Ended terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /// Ends it if it still runs, with force if it takes too long.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
