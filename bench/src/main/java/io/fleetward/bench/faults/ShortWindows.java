package io.fleetward.bench.faults;

import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The features of the host pack, for recordings of short faults: windows of a few seconds instead
/// of 30, and loopback counted as a network card, since it is the only one that faults may use.
final class ShortWindows {
  private ShortWindows() {}

  /// @throws IOException if the pack is not below `fleetward.home`, or the parent folder
  static RuleSet rules(int seconds) throws IOException {
    Path features =
        Path.of(System.getProperty("fleetward.home", ".."))
            .resolve("rules/packs/host/features.yaml");
    Path file = Files.createTempFile("fleetward-faults", ".yaml");
    try {
      Files.writeString(
          file,
          Files.readString(features)
              .replace("[30s]", "[" + seconds + "s]")
              .replace("device!=\"lo\"", "device!=\"\""));
      return RuleFiles.load(List.of(file));
    } finally {
      Files.delete(file);
    }
  }
}
