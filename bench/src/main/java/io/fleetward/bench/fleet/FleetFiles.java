package io.fleetward.bench.fleet;

import io.fleetward.bench.RuleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The rules and models that the service under load has: the features of the host pack at each
/// scrape, one detector of the host model, and the alerting rules of the pack and, where it is at
/// hand, of node-mixin every 30 s.
record FleetFiles(Path rules, Path models, int standbys) {
  /// The same with the state of hosts kept ready on so many other instances.
  FleetFiles withStandbys(int count) {
    return new FleetFiles(rules, models, count);
  }

  /// @param models a folder of models; empty for the pack's first alone
  static FleetFiles write(Path folder, RuleData data, Path home, Optional<Path> models)
      throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    for (Path file : data.hostPack()) {
      String name = file.getFileName().toString();
      String text = Files.readString(file);
      Files.writeString(
          rules.resolve(name), name.equals("alerts.yaml") ? every30Seconds(text) : text);
    }
    if (data.nodeMixin().isPresent()) {
      Files.writeString(
          rules.resolve("node-mixin.yaml"),
          every30Seconds(Files.readString(data.nodeMixin().get())));
    }
    if (models.isPresent()) {
      return new FleetFiles(rules, models.get(), 0);
    }
    Path own = Files.createDirectories(folder.resolve("models"));
    String pack = Files.readString(home.resolve("models/packs/host/host.yaml"));
    int second = pack.indexOf("\n  - name:", pack.indexOf("\n  - name:") + 1);
    Files.writeString(own.resolve("host.yaml"), pack.substring(0, second + 1));
    return new FleetFiles(rules, own, 0);
  }

  /// Gives every group an interval.
  private static String every30Seconds(String text) {
    return text.replaceAll("(?m)^( +)rules:$", "$1interval: 30s\n$1rules:");
  }
}
