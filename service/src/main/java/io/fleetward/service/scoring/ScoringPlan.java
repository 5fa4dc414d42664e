package io.fleetward.service.scoring;

import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.rules.evaluation.EvaluationSettings;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is evaluated for every host, in order: groups that only record, then the models, then the
/// groups that alert, so that at each tick models see fresh features and alerts see fresh scores.
///
/// @param expressions of all rules, by their keys
/// @param refresh how often a firing alert is told again
record ScoringPlan(
    RulePlan rulePlan,
    List<RuleGroup> featureGroups,
    List<RuleGroup> alertGroups,
    Map<String, String> expressions,
    List<ModelSpecification> models,
    Duration refresh) {
  RuleSet rules() {
    return rulePlan.rules();
  }

  static ScoringPlan of(
      RuleSet rules,
      List<ModelSpecification> models,
      EvaluationSettings evaluation,
      Duration refresh) {
    return of(RulePlan.of(rules, evaluation), models, refresh);
  }

  /// The plan of other rules and models, for hosts that were under this one.
  ScoringPlan replacedBy(RuleSet rules, List<ModelSpecification> others) {
    return of(rulePlan.replacedBy(rules), others, refresh);
  }

  private static ScoringPlan of(
      RulePlan rulePlan, List<ModelSpecification> models, Duration refresh) {
    List<RuleGroup> features = new ArrayList<>();
    List<RuleGroup> alerts = new ArrayList<>();
    Map<String, String> expressions = new HashMap<>();
    for (RuleGroup group : rulePlan.rules().groups()) {
      boolean alerting = group.rules().stream().anyMatch(Rule.Alerting.class::isInstance);
      (alerting ? alerts : features).add(group);
      group.rules().forEach(rule -> expressions.put(rulePlan.key(rule), rule.text()));
    }
    return new ScoringPlan(
        rulePlan,
        List.copyOf(features),
        List.copyOf(alerts),
        Map.copyOf(expressions),
        List.copyOf(models),
        refresh);
  }

  /// The expression of the rule with a key; empty if there is none.
  String expressionOf(String key) {
    return expressions.getOrDefault(key, "");
  }
}
