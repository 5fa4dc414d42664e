package io.fleetward.agent.action;

import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.linux.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A real process to be ended, or spared.
record Victim(Process process) implements AutoCloseable {
  private static final Path PROC = Path.of("/proc");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Victim start() throws IOException {
    return of("sleep", "300");
  }

  static Victim of(String... command) throws IOException {
    Victim victim = new Victim(new ProcessBuilder(command).start());
    victim.awaitName(Path.of(command[0]).getFileName().toString());
    return victim;
  }

  /// One that ignores TERM; it is ready when this returns.
  static Victim deafToTerm(Path folder) throws IOException {
    Path ready = folder.resolve("ready");
    Victim victim =
        of("sh", "-c", "trap '' TERM; echo > %s; while true; do sleep 1; done".formatted(ready));
    while (!Files.exists(ready)) {
      Thread.onSpinWait();
    }
    return victim;
  }

  /// Between fork and exec a child still looks like its parent.
  private void awaitName(String name) throws IOException {
    while (!ProcessIdentity.of(PROC, (int) process.pid()).orElseThrow().name().equals(name)) {
      Thread.onSpinWait();
    }
  }

  long pid() {
    return process.pid();
  }

  Map<String, String> pins() throws IOException {
    return pinsOf(process.pid());
  }

  static Map<String, String> pinsOf(long pid) throws IOException {
    ProcessIdentity identity = ProcessIdentity.of(PROC, (int) pid).orElseThrow();
    return Map.of(
        "pid",
        Long.toString(pid),
        "start",
        Long.toString(identity.start()),
        "executable",
        identity.executable(),
        "uid",
        Integer.toString(identity.uid()),
        "boot_id",
        Kernel.bootId(PROC));
  }

  boolean isAlive() throws IOException {
    return ProcessIdentity.of(PROC, (int) process.pid()).filter(p -> !p.hasEnded()).isPresent();
  }

  /// Returns when a process has ended, if only to wait for being collected.
  static void awaitEnd(long pid) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (ProcessIdentity.of(PROC, (int) pid).filter(p -> !p.hasEnded()).isPresent()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("process %d is still there".formatted(pid));
        }
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
