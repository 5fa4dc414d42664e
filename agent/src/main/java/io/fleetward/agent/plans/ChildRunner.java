package io.fleetward.agent.plans;

import io.fleetward.agent.action.RunnerMain;
import io.fleetward.agent.supervision.Supervisor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A runner that is a child of the daemon and of the same user: where there is no systemd.
record ChildRunner(Process process) implements RunnerLine {
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

  /// @param config the properties file that the daemon was started with
  /// @param settings environment variables that the daemon's options stand for
  static Source source(Optional<Path> config, Map<String, String> settings) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(FLAGS);
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(RunnerMain.class.getName());
    config.ifPresent(file -> words.addAll(List.of("--config", file.toAbsolutePath().toString())));
    List<String> command = List.copyOf(words);
    return () -> {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
      builder.environment().putAll(settings);
      // what only the daemon may say
      builder.environment().keySet().removeAll(Supervisor.VARIABLES);
      return new ChildRunner(builder.start());
    };
  }

  @Override
  public InputStream fromRunner() {
    return process.getInputStream();
  }

  @Override
  public OutputStream toRunner() {
    return process.getOutputStream();
  }

  @Override
  public void cancel() {
    process.destroy();
  }

  @Override
  public void abandon() {
    process.destroyForcibly();
  }

  @Override
  public void close() throws IOException {
    process.getInputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
