package io.fleetward.service.scoring;

import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is evaluated for every host, in order: groups that only record, then the models, then the
/// groups that alert, so that at each tick models see fresh features and alerts see fresh scores.
///
/// @param refresh how often a firing alert is told again
record ScoringPlan(
    RulePlan rulePlan,
    List<RuleGroup> featureGroups,
    List<RuleGroup> alertGroups,
    List<ModelSpecification> models,
    Duration refresh) {
  RuleSet rules() {
    return rulePlan.rules();
  }

  static ScoringPlan of(RuleSet rules, List<ModelSpecification> models, Duration refresh) {
    List<RuleGroup> features = new ArrayList<>();
    List<RuleGroup> alerts = new ArrayList<>();
    for (RuleGroup group : rules.groups()) {
      boolean alerting = group.rules().stream().anyMatch(Rule.Alerting.class::isInstance);
      (alerting ? alerts : features).add(group);
    }
    return new ScoringPlan(
        RulePlan.of(rules), List.copyOf(features), List.copyOf(alerts), models, refresh);
  }
}
