package io.fleetward.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where rule files lie that are measured.
///
/// @param folders searched in order for shared data
/// @param home the source folder of Fleetward
public record RuleData(List<Path> folders, Path home) {
  public RuleData {
    folders = List.copyOf(folders);
  }

  /// The places that the tests look at, too.
  public static RuleData standard() {
    Path home = Path.of(System.getProperty("fleetward.home", "..")).toAbsolutePath().normalize();
    Path given =
        Path.of(
            System.getProperty("fleetward.rulefiles", home + "/../shared/data/prometheus-rules"));
    return new RuleData(List.of(given), home);
  }

  /// With a folder that is searched first; it holds the rule files or `prometheus-rules` with them.
  public RuleData in(Path folder) {
    return new RuleData(List.of(folder, folder.resolve("prometheus-rules")), home);
  }

  /// Node-mixin's rules, if they are there.
  public Optional<Path> nodeMixin() {
    return folders.stream()
        .map(folder -> folder.resolve("node-mixin.rules.yml").toAbsolutePath().normalize())
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /// Our own pack for hosts; empty where the source is not at hand.
  public List<Path> hostPack() {
    Path pack = home.resolve("rules/packs/host");
    return Stream.of("features.yaml", "alerts.yaml", "capacity.yaml")
        .map(pack::resolve)
        .filter(Files::isRegularFile)
        .toList();
  }

  /// Of the pack, the features that models read.
  List<Path> features() {
    return hostPack().stream().filter(file -> file.endsWith("features.yaml")).toList();
  }

  /// Why node-mixin's rules are not measured.
  public String absence() {
    return "no node-mixin.rules.yml in %s; name its folder with --data"
        .formatted(folders.getFirst().normalize());
  }
}
