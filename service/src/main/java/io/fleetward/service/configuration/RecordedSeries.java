package io.fleetward.service.configuration;

import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.placement.InstanceLabel;
import io.fleetward.rules.placement.Placement;
import io.fleetward.rules.placement.Placements;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The series that rules record on hosts, or of hosts, where models look for their features.
final class RecordedSeries {
  private final Set<String> onHosts = new HashSet<>();
  private final Map<String, String> elsewhere = new HashMap<>();

  RecordedSeries(RuleSet rules) {
    Placements placements = Placements.of(rules);
    InstanceLabel instance = new InstanceLabel(rules, placements);
    for (RuleGroup group : rules.groups()) {
      for (Rule rule : group.rules()) {
        if (rule instanceof Rule.Recording) {
          switch (placements.of(rule)) {
            case Placement.HostLocal() -> onHosts.add(rule.name());
            case Placement.CrossHost _ when instance.isCarriedBy(rule) -> onHosts.add(rule.name());
            case Placement.CrossHost(_, String why) -> elsewhere.put(rule.name(), why);
            case Placement.Refused(String why) -> elsewhere.put(rule.name(), why);
          }
        }
      }
    }
  }

  /// Why no model can read a series, and what to do; empty if one can.
  Optional<String> unreadable(String series) {
    if (onHosts.contains(series)) {
      return Optional.empty();
    }
    String why = elsewhere.get(series);
    return Optional.of(
        why == null
            ? "no rule records the feature \"%s\"; add a recording rule of that name, or correct the feature's name"
                .formatted(series)
            : "the feature \"%s\" is recorded by a rule that no host evaluates (%s); rewrite the rule, or take another feature"
                .formatted(series, why));
  }
}
