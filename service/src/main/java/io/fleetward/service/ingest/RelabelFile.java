package io.fleetward.service.ingest;

import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlFile;
import io.fleetward.protocol.configuration.YamlNode;
import io.fleetward.protocol.labels.RelabelRule;
import io.fleetward.protocol.labels.RelabelRule.Action;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a file with Prometheus' `relabel_configs`.
public final class RelabelFile {
  private RelabelFile() {}

  /// @param problems every one is added, with its place
  public static List<RelabelRule> read(Path path, Problems problems) {
    List<RelabelRule> rules = new ArrayList<>();
    YamlFile.read(path, problems)
        .ifPresent(root -> {
          MappingReader file = MappingReader.of(root, problems);
          for (YamlNode entry : file.items("relabel_configs")) {
            rule(entry, problems, rules);
          }
          file.rejectUnknownKeys();
        });
    return List.copyOf(rules);
  }

  private static void rule(YamlNode entry, Problems problems, List<RelabelRule> rules) {
    MappingReader reader = MappingReader.of(entry, problems);
    Action action = reader.word("action", Action.class).orElse(Action.REPLACE);
    List<String> sources = reader.textList("source_labels");
    String separator = reader.text("separator").orElse(RelabelRule.DEFAULT_SEPARATOR);
    String expression = reader.text("regex").orElse(RelabelRule.DEFAULT_EXPRESSION);
    String replacement = reader.text("replacement").orElse(RelabelRule.DEFAULT_REPLACEMENT);
    String target = reader.text("target_label").orElse("");
    long modulus = reader.integer("modulus", 1, Integer.MAX_VALUE).orElse(0);
    reader.rejectUnknownKeys();
    try {
      rules.add(
          new RelabelRule(action, sources, separator, expression, replacement, target, modulus));
    } catch (IllegalArgumentException e) {
      problems.at(entry, String.valueOf(e.getMessage()));
    }
  }
}
