package io.fleetward.service.configuration;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.rules.language.Selectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Folders with a small set that is good until a test changes a file.
record SetFolder(Path folder) {
  static final String RULES =
      """
      groups:
        - name: load
          rules:
            - record: instance:load:max10s
              expr: max_over_time(load[10s])
            - alert: LoadHigh
              expr: instance:load:max10s > 5
      """;
  static final String MODELS =
      """
      models:
        - name: host
          score: fleetward_anomaly_score
          detector: k-means
          features:
            - { series: "instance:load:max10s", scale_floor: 0.2 }
      """;
  static final String POLICIES =
      """
      policies:
        - name: restart
          on: '{alertname="LoadHigh"}'
          ladder: [{ action: restart-unit, with: { unit: load.service }, timeout: 30s }]
      """;
  static final String ACTIONS =
      """
      action: restart-unit
      risk: low
      parameters:
        unit: { pattern: "[a-z]+[.]service" }
      evidence: when the unit started
      """;

  static SetFolder good(Path folder) {
    SetFolder set = new SetFolder(folder);
    set.write("rules/load.yaml", RULES);
    set.write("models/host.yaml", MODELS);
    set.write("policies/load.yaml", POLICIES);
    set.write("actions/restart-unit.yaml", ACTIONS);
    return set;
  }

  Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SetFolders folders() {
    return new SetFolders(
        folder.resolve("rules"),
        folder.resolve("models"),
        folder.resolve("policies"),
        folder.resolve("actions"),
        Duration.ZERO);
  }

  SetFiles files() {
    return new SetFiles(folders(), Selectors::parse);
  }

  ActiveSet read() {
    Problems problems = new Problems();
    ActiveSet set = files().read(problems);
    problems.throwIfAny();
    return set;
  }

  /// What is wrong, with paths below the folder.
  List<String> problems() {
    Problems problems = new Problems();
    files().read(problems);
    return problems.list().stream()
        .map(Problem::toString)
        .map(text -> text.replace(folder + "/", ""))
        .toList();
  }
}
