package io.fleetward.cli.demo;

import io.fleetward.cli.machine.MachineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real fault: a process of ours that burns CPU and grows memory until it is ended. Not thread
/// safe.
///
/// It runs a copy of the system's shell under a name of its own, so that the agent's allow-list can
/// name exactly this executable and nothing else on the machine can be ended by mistake.
final class RunawayProcess implements AutoCloseable {
  /// Also the process' name as the kernel tells it.
  static final String NAME = "fw-runaway";

  /// Memory is grown to this many megabytes at most, so that the fault hurts nobody.
  private static final int MOST_MEGABYTES = 1536;

  private static final String GROW =
      """
      chunk=$(head -c 1048576 /dev/zero | tr '\\0' x)
      i=0
      grow() {
        if [ $i -lt %d ]; then
          i=$((i + 1))
          eval "kept$i=\\$chunk"
        fi
      }
      """;

  /// 1 MB after each 500,000 turns of an empty loop: one core is busy, memory grows slowly.
  private static final String BURN_LOOP =
      "while :; do n=0; while [ $n -lt 500000 ]; do n=$((n + 1)); done; grow; done\n";

  /// 1 MB, then a nap of 50 ms: up to 20 MB a second, little CPU.
  private static final String GROW_LOOP = "while :; do grow; sleep 0.05; done\n";

  private final Process process;

  private RunawayProcess(Process process) {
    this.process = process;
  }

  /// The executable that [#start] runs, in a folder.
  static Path executable(Path folder) {
    return folder.resolve(NAME);
  }

  /// Starts the fault.
  ///
  /// @throws MachineException if the folder does not allow execution
  static RunawayProcess start(Fault fault, Path folder) {
    String loop = fault == Fault.MEMORY ? GROW_LOOP : BURN_LOOP;
    try {
      Path executable = executable(folder);
      Files.copy(Path.of("/bin/sh").toRealPath(), executable, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwx------"));
      Process process =
          new ProcessBuilder(
                  List.of(executable.toString(), "-c", GROW.formatted(MOST_MEGABYTES) + loop))
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

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// The status that the process ended with: 128 and the signal's number if a signal ended it.
  int exitStatus() {
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
