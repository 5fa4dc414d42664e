package io.fleetward.cli.demo;

import io.fleetward.cli.machine.MachineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real fault: a process of ours that burns CPU and grows memory until it is ended. Not thread
/// safe.
///
/// It runs a copy of the Java launcher under a name of its own, so that the agent's allow-list can
/// name exactly this executable and nothing else on the machine can be ended by mistake.
public final class RunawayProcess implements AutoCloseable {
  /// Also the process' name as the kernel tells it.
  private static final String NAME = "fw-runaway";

  /// Memory is grown to this many megabytes at most, so that the fault hurts nobody.
  private static final int MOST_MEGABYTES = 1536;

  private final Process process;

  private RunawayProcess(Process process) {
    this.process = process;
  }

  /// The executable that [#start] runs, in a folder.
  public static Path executable(Path folder) {
    return folder.resolve("runaway").resolve("bin").resolve(NAME);
  }

  /// Starts the fault.
  ///
  /// @throws MachineException if the folder does not allow execution
  public static RunawayProcess start(Fault fault, Path folder) {
    int cores = Runtime.getRuntime().availableProcessors();
    List<String> arguments =
        switch (fault) {
          case CPU -> List.of(Integer.toString(cores), "2", "256");
          case MEMORY -> List.of("0", "30", Integer.toString(MOST_MEGABYTES));
          case NONE -> throw new IllegalArgumentException("no fault, no process");
        };
    try {
      Path executable = copyLauncher(folder);
      List<String> command =
          List.of(
              executable.toString(),
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-XX:-UsePerfData",
              "-Xms16m",
              "-Xmx%dm".formatted(MOST_MEGABYTES + 256),
              "-cp",
              System.getProperty("java.class.path"),
              RunawayMain.class.getName());
      Process process =
          new ProcessBuilder(join(command, arguments))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("runaway.log").toFile())
              .start();
      return new RunawayProcess(process);
    } catch (IOException e) {
      throw new MachineException(
          "the fault could not be started in %s (%s); set TMPDIR to a folder that allows execution"
              .formatted(folder, e.getMessage()));
    }
  }

  /// The launcher finds the runtime beside itself, so the copy gets a link to it.
  private static Path copyLauncher(Path folder) throws IOException {
    Path runtime = Path.of(System.getProperty("java.home"));
    Path executable = executable(folder);
    Files.createDirectories(folder.resolve("runaway").resolve("bin"));
    Files.copy(
        runtime.resolve("bin").resolve("java"), executable, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwx------"));
    Path libraries = folder.resolve("runaway").resolve("lib");
    Files.deleteIfExists(libraries);
    Files.createSymbolicLink(libraries, runtime.resolve("lib"));
    return executable;
  }

  private static List<String> join(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// The status that the process ended with: 128 and the signal's number if a signal ended it.
  public int exitStatus() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
