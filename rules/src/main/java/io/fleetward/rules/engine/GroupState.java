package io.fleetward.rules.engine;

import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.series.SeriesStore;
import java.util.ArrayList;
import java.util.List;

/// One rule group on one host. Confined to the host's thread.
final class GroupState {
  private final RuleGroup group;
  private final List<RuleState> rules = new ArrayList<>();

  GroupState(RuleGroup group, SeriesStore store, RulePlan plan) {
    this.group = group;
    for (Rule rule : group.rules()) {
      if (!plan.evaluates(rule)) {
        continue;
      }
      rules.add(
          switch (rule) {
            case Rule.Recording recording -> new RecordingState(group, recording, store, plan);
            case Rule.Alerting alerting -> new AlertingState(group, alerting, store, plan);
          });
    }
  }

  RoundResult evaluate(long tickMillis) {
    long timeMillis = tickMillis - group.queryOffset().toMillis();
    List<AlertInstance> transitions = new ArrayList<>(0);
    List<AlertInstance> firing = new ArrayList<>(0);
    List<RuleFailure> failures = new ArrayList<>(0);
    int recorded = 0;
    for (int i = 0; i < rules.size(); i++) {
      try {
        switch (rules.get(i)) {
          case RecordingState recording -> recorded += recording.evaluate(timeMillis);
          case AlertingState alerting -> alerting.evaluate(timeMillis, tickMillis, transitions);
        }
      } catch (EvaluationException e) {
        failures.add(new RuleFailure(group, rules.get(i).rule(), e.reason()));
      } finally {
        rules.get(i).release();
      }
      if (rules.get(i) instanceof AlertingState alerting) {
        alerting.addFiring(firing);
      }
    }
    return new RoundResult(tickMillis, transitions, firing, failures, recorded);
  }

  List<AlertInstance> alerts() {
    List<AlertInstance> alerts = new ArrayList<>();
    for (RuleState rule : rules) {
      if (rule instanceof AlertingState alerting) {
        alerts.addAll(alerting.alerts());
      }
    }
    return alerts;
  }

  void restore(AlertInstance alert) {
    for (RuleState rule : rules) {
      if (rule instanceof AlertingState alerting
          && alerting.rule().name().equals(alert.rule())
          && group.name().equals(alert.group())) {
        alerting.restore(alert);
        return;
      }
    }
  }
}
