package io.fleetward.agent.action;

import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Collects a bundle and shows the beginning of it. Confined to one thread.
record DiagnosticsExecution(Diagnostics diagnostics, String plan) implements BuiltInExecution {
  private static final int SHOWN = 8 * 1024;

  @Override
  public Optional<Objection> objection() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> foresee() {
    return Map.of("file", diagnostics.fileOf(plan).toString());
  }

  @Override
  public Execution execute(Duration limit) {
    Map<String, String> before = Map.of("bytes", "0");
    String text = diagnostics.text();
    String shown = text.substring(0, Math.min(SHOWN, text.length()));
    Optional<Path> file = diagnostics.collect(plan);
    if (file.isEmpty()) {
      return new Execution(Status.FAILED, "there is no room to keep it", before, before, shown);
    }
    try {
      return new Execution(
          Status.SUCCEEDED,
          "kept as " + file.get(),
          before,
          Map.of("bytes", Long.toString(Files.size(file.get()))),
          shown);
    } catch (IOException e) {
      return new Execution(Status.UNKNOWN, String.valueOf(e), before, Map.of(), shown);
    }
  }
}
