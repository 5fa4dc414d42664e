package io.fleetward.bench.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A fault at work: a process group that `timeout` ends even if nobody else does, and a folder that
/// goes with it. Not thread safe.
final class FaultProcess implements AutoCloseable {
  private static final int END_SECONDS = 3;

  private static final Map<String, List<String>> INTERPRETERS =
      Map.of(
          "perl", List.of("perl", "faults.pl"),
          "python", List.of("python3", "faults.py"),
          "sh", List.of("sh", "faults.sh"),
          "node", List.of("node", "faults.js"));

  private final Process process;
  private final Path folder;

  private FaultProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /// Starts a fault.
  ///
  /// @param folder does not exist yet; the fault writes only there
  /// @throws IOException if its program is not installed, or the folder cannot be made
  static FaultProcess start(FaultRun run, int seconds, Path folder) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    List<String> command = new ArrayList<>(List.of("timeout", "-k", "1", seconds + "s"));
    List<String> interpreter = INTERPRETERS.get(run.program());
    if (interpreter == null) {
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Xmx900m",
              "-cp",
              System.getProperty("java.class.path"),
              FaultProgram.class.getName()));
    } else {
      requireInstalled(interpreter.getFirst());
      Path script = folder.resolve(interpreter.get(1));
      copyScript(interpreter.get(1), script);
      command.add(interpreter.get(0));
      command.add(script.toString());
    }
    command.add(run.kind());
    command.add(run.program().equals("sh") ? "" + (long) run.rate() : "" + run.rate());
    command.add("" + seconds);
    command.add(folder.resolve("data").toString());
    command.add("" + run.seed());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    return new FaultProcess(process, folder);
  }

  private static void requireInstalled(String program) throws IOException {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return;
      }
    }
    throw new IOException(program + " is not installed; leave its faults out with --program");
  }

  private static void copyScript(String name, Path to) throws IOException {
    try (InputStream script = FaultProcess.class.getResourceAsStream(name)) {
      if (script == null) {
        throw new IOException(name + " is missing from the jar");
      }
      Files.copy(script, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// What it printed, for a person; empty if nothing.
  String output() throws IOException {
    return Files.readString(folder.resolve("output")).strip();
  }

  /// Ends the process and all below it, and deletes its folder.
  @Override
  public void close() throws IOException {
    List<ProcessHandle> below = process.descendants().toList();
    // timeout passes the signal on to its whole process group
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    below.forEach(ProcessHandle::destroyForcibly);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
