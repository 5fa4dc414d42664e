package io.fleetward.rules.engine;

import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;

/// A key for each rule of a set, the same in every set that has the rule. Immutable.
///
/// Prometheus takes rules for the same that have the same file, group, name and labels; of several
/// alike the first for the first, the second for the second.
final class RuleKeys {
  private final IdentityHashMap<Rule, String> keys = new IdentityHashMap<>();

  private RuleKeys() {}

  static RuleKeys of(RuleSet rules) {
    RuleKeys result = new RuleKeys();
    Map<String, Integer> alike = new HashMap<>();
    for (RuleGroup group : rules.groups()) {
      String file = fileName(group);
      for (Rule rule : group.rules()) {
        String known = file + ";" + group.name() + ";" + rule.name() + labels(group, rule);
        int number = alike.merge(known, 1, Integer::sum);
        result.keys.put(rule, number == 1 ? known : known + "#" + number);
      }
    }
    return result;
  }

  /// The folder does not count: instances of the service may have theirs in different places.
  private static String fileName(RuleGroup group) {
    return String.valueOf(Path.of(group.file()).getFileName());
  }

  private static Map<String, String> labels(RuleGroup group, Rule rule) {
    Map<String, String> labels = new TreeMap<>(group.labels().toMap());
    labels.putAll(
        switch (rule) {
          case Rule.Recording recording -> recording.labels().toMap();
          case Rule.Alerting alerting -> alerting.labels();
        });
    return labels;
  }

  /// @throws IllegalArgumentException if the rule is not of the set
  String of(Rule rule) {
    String key = keys.get(rule);
    if (key == null) {
      throw new IllegalArgumentException("not a rule of this plan: " + rule.name());
    }
    return key;
  }
}
