package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.engine.RuleFailure;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the hosts of this instance say about the rules of one plan, gathered for people. Thread
/// safe: hosts write, each on its stream thread, and anyone reads.
final class RuleBoard {
  private final ScoringPlan plan;
  private final RuleMetrics metrics;
  private final List<GroupTally> inOrder;
  private final IdentityHashMap<RuleGroup, GroupTally> groups = new IdentityHashMap<>();
  private final IdentityHashMap<Rule, RuleTally> rules = new IdentityHashMap<>();

  /// Alerts of hosts that have some.
  private final Map<String, List<AlertInstance>> alerts = new ConcurrentHashMap<>();

  RuleBoard(ScoringPlan plan, RuleMetrics metrics) {
    this.plan = plan;
    this.metrics = metrics;
    List<GroupTally> tallies = new ArrayList<>();
    for (RuleGroup group : plan.rules().groups()) {
      GroupTally tally = new GroupTally(group);
      tallies.add(tally);
      groups.put(group, tally);
      for (RuleTally rule : tally.rules()) {
        rules.put(rule.rule(), rule);
      }
    }
    this.inOrder = List.copyOf(tallies);
  }

  ScoringPlan plan() {
    return plan;
  }

  List<GroupTally> groups() {
    return inOrder;
  }

  GroupTally group(RuleGroup group) {
    return known(groups.get(group), group.name());
  }

  RuleTally rule(Rule rule) {
    return known(rules.get(rule), rule.name());
  }

  private static <T> T known(@Nullable T found, String name) {
    if (found == null) {
      throw new IllegalArgumentException("not of this plan: " + name);
    }
    return found;
  }

  /// @param isNew whether the rule did not fail on this host the time before
  void failed(RuleFailure failure, String instance, boolean isNew) {
    metrics.failed(failure.group().name(), failure.rule().name());
    rule(failure.rule()).failed(instance, failure.reason(), isNew);
  }

  /// Whether a group's rules across hosts are evaluated here.
  ///
  /// @param instance as alerts of such rules have it
  boolean ownsAcross(String instance) {
    return inOrder.stream()
        .anyMatch(tally ->
            tally.wasEvaluatedAcross()
                && AlertMessage.ofGroup(tally.group().name()).equals(instance));
  }

  void alerts(String instance, List<AlertInstance> ofHost) {
    if (!ofHost.isEmpty()) {
      alerts.put(instance, ofHost);
    } else if (!alerts.isEmpty()) {
      alerts.remove(instance);
    }
  }

  /// The alerts of all hosts, also resolved ones.
  List<AlertInstance> alerts() {
    return alerts.values().stream().flatMap(List::stream).toList();
  }
}
