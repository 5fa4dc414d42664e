package io.fleetward.service.desk;

import java.time.Instant;
import java.util.List;

/// A rule group as Prometheus shows it.
///
/// @param interval seconds between evaluations; 0 where each scrape is evaluated
/// @param limit how many series or alerts a rule may yield; 0 for no limit
/// @param evaluationTime seconds that a round on one host took when it was last measured
/// @param lastEvaluation the newest on any host; [RuleView#NEVER] if there was none
public record RuleGroupView(
    String name,
    String file,
    double interval,
    int limit,
    double evaluationTime,
    Instant lastEvaluation,
    List<RuleView> rules) {
  public RuleGroupView {
    rules = List.copyOf(rules);
  }

  /// The same group with some of its rules.
  public RuleGroupView with(List<RuleView> others) {
    return new RuleGroupView(name, file, interval, limit, evaluationTime, lastEvaluation, others);
  }
}
