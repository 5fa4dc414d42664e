package io.fleetward.remediation.policy;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The YAML files of a folder, in the order of their names.
final class YamlFolder {
  private YamlFolder() {}

  static List<Path> files(Path folder, Problems problems) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      problems.add(
          Problem.of(
              folder.toString(),
              "cannot be listed (%s); name a readable folder of YAML files"
                  .formatted(e.getClass().getSimpleName())));
      return List.of();
    }
  }
}
