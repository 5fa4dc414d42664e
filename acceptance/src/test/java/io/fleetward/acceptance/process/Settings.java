package io.fleetward.acceptance.process;

import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachineTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The settings of a service or an agent, good until a test changes one. Immutable.
public final class Settings {
  private static final String NO_BROKER = "127.0.0.1:1";

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /// Settings with which a service would start, were there a broker: it listens on a free port and
  /// keeps its data in the folder.
  public static Settings ofService(MachineFiles files) {
    MachineTokens.prepare(files);
    Installation shipped = Installation.current();
    Path folder = files.folder();
    return new Settings(
        Map.ofEntries(
            Map.entry("kafka.bootstrap-servers", NO_BROKER),
            Map.entry("kafka.start-limit", "2s"),
            Map.entry("kafka.partitions", "1"),
            Map.entry("api.listen", "127.0.0.1:0"),
            Map.entry("api.tokens", files.tokens().toString()),
            Map.entry("scoring.rules", shipped.rules().toString()),
            Map.entry("scoring.models", shipped.models().toString()),
            Map.entry("control.database", folder.resolve("other/database").toString()),
            Map.entry("control.policies", shipped.policies().toString()),
            Map.entry("control.actions", shipped.actions().toString()),
            Map.entry("control.signing-key", folder.resolve("keys/service.pem").toString())));
  }

  /// Settings with which an agent runs; there is no broker.
  public static Settings ofAgent(MachineFiles files) {
    Path folder = files.folder();
    return new Settings(
        Map.ofEntries(
            Map.entry("kafka.bootstrap-servers", NO_BROKER),
            Map.entry("agent.instance", files.instance()),
            Map.entry("agent.scrape-interval", "1s"),
            Map.entry("agent.listen", "127.0.0.1:0"),
            Map.entry("agent.state", folder.resolve("other/agent").toString()),
            Map.entry("agent.trusted-keys", folder.resolve("trusted-keys").toString()),
            Map.entry("agent.host-key", folder.resolve("keys/host.key").toString()),
            Map.entry("agent.scrape-key", folder.resolve("keys/scrape.key").toString()),
            Map.entry("agent.actions", files.allowList().toString()),
            Map.entry("agent.stop-file", folder.resolve("stop").toString())));
  }

  public Settings with(String key, Object value) {
    Map<String, String> changed = new TreeMap<>(values);
    changed.put(key, value.toString());
    return new Settings(changed);
  }

  public Settings without(String key) {
    Map<String, String> changed = new TreeMap<>(values);
    changed.remove(key);
    return new Settings(changed);
  }

  /// Writes a properties file.
  public Path writeTo(Path file) {
    try {
      return Files.writeString(
          file,
          new TreeMap<>(values)
              .entrySet().stream()
                  .map(entry -> "%s=%s\n".formatted(entry.getKey(), entry.getValue()))
                  .collect(Collectors.joining()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
