package io.fleetward.rules.engine;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.series.SeriesStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /// @param times hears how long each rule took; null to spare the look at the clock
  RoundResult evaluate(long tickMillis, @Nullable RuleTimes times) {
    long timeMillis = tickMillis - group.queryOffset().toMillis();
    List<AlertInstance> transitions = new ArrayList<>(0);
    List<AlertInstance> firing = new ArrayList<>(0);
    List<RuleFailure> failures = new ArrayList<>(0);
    int recorded = 0;
    for (int i = 0; i < rules.size(); i++) {
      long begun = times == null ? 0 : System.nanoTime();
      int known = transitions.size();
      try {
        switch (rules.get(i)) {
          case RecordingState recording -> recorded += recording.evaluate(timeMillis);
          case AlertingState alerting -> alerting.evaluate(timeMillis, tickMillis, transitions);
        }
      } catch (EvaluationException e) {
        failures.add(new RuleFailure(group, rules.get(i).rule(), e.reason()));
        // as far as the rule came, it tells nothing
        transitions.subList(known, transitions.size()).clear();
      } finally {
        rules.get(i).release();
      }
      if (times != null) {
        times.took(rules.get(i).rule(), System.nanoTime() - begun);
      }
      if (rules.get(i) instanceof AlertingState alerting) {
        alerting.addFiring(firing);
      }
    }
    return new RoundResult(tickMillis, transitions, firing, failures, recorded);
  }

  List<RuleState> rules() {
    return rules;
  }

  /// Goes on from where rules stood under other rules.
  ///
  /// @param former the rules' states by their keys; those taken over are removed
  void succeed(Map<String, RuleState> former) {
    for (RuleState rule : rules) {
      RuleState before = former.get(rule.key());
      switch (rule) {
        case RecordingState recording when before instanceof RecordingState known -> {
          recording.succeed(known);
          former.remove(rule.key());
        }
        case AlertingState alerting when before instanceof AlertingState known -> {
          alerting.succeed(known);
          former.remove(rule.key());
        }
        case RecordingState _, AlertingState _ -> {}
      }
    }
  }

  /// Adds the series that each recording rule yielded in the round before, by the rule's key.
  void addRecorded(Map<String, Set<Labels>> recorded) {
    for (RuleState rule : rules) {
      if (rule instanceof RecordingState recording && !recording.yielded().isEmpty()) {
        recorded.put(recording.key(), Set.copyOf(recording.yielded()));
      }
    }
  }

  void restoreRecorded(Map<String, Set<Labels>> recorded) {
    for (RuleState rule : rules) {
      if (rule instanceof RecordingState recording) {
        recording.restore(recorded.getOrDefault(recording.key(), Set.of()));
      }
    }
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

  void forgetAlerts() {
    for (RuleState rule : rules) {
      if (rule instanceof AlertingState alerting) {
        alerting.forgetAlerts();
      }
    }
  }

  /// Gives an alert to the rule that yielded it, if it is one of this group's.
  void restore(AlertInstance alert) {
    for (RuleState rule : rules) {
      if (rule instanceof AlertingState alerting && alerting.key().equals(alert.key())) {
        alerting.restore(alert);
        return;
      }
    }
  }
}
