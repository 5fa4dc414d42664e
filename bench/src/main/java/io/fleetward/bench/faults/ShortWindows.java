package io.fleetward.bench.faults;

import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The features of the packs for hosts and faults, for recordings of short faults: windows of a few
/// seconds instead of 30, and loopback counted as a network card, since it is the only one that
/// faults may use.
final class ShortWindows {
  private ShortWindows() {}

  /// @throws IOException if the packs are not below `fleetward.home`, or the parent folder
  static RuleSet rules(int seconds) throws IOException {
    Path packs = Path.of(System.getProperty("fleetward.home", "..")).resolve("rules/packs");
    Path folder = Files.createTempDirectory("fleetward-faults");
    List<Path> files = new ArrayList<>();
    try {
      for (String pack : List.of("host", "faults")) {
        String text = Files.readString(packs.resolve(pack).resolve("features.yaml"));
        Path file = folder.resolve(pack + ".yaml");
        files.add(file);
        Files.writeString(
            file,
            text.replace("[30s]", "[" + seconds + "s]").replace("device!=\"lo\"", "device!=\"\""));
      }
      return RuleFiles.load(files);
    } finally {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.delete(folder);
    }
  }
}
