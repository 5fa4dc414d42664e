package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.engine.RoundResult;
import io.fleetward.rules.engine.RuleFailure;
import io.fleetward.rules.file.RuleGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns one host's alerts into messages: every transition at once, and what fires, or resolved in
/// the last minutes, again at every refresh interval. So whoever reads knows how fresh its evidence
/// is, and a repair can be verified on data newer than its end. On the stream thread.
final class AlertFeed {
  private final String instance;
  private final ScoringPlan plan;
  private final long refreshMillis;
  private final Map<Map<String, String>, Long> toldAt = new HashMap<>();

  AlertFeed(String instance, ScoringPlan plan) {
    this.instance = instance;
    this.plan = plan;
    this.refreshMillis = plan.refresh().toMillis();
  }

  /// What an evaluation was made on.
  ///
  /// @param evaluatedAt in the broker's time
  /// @param newestSampleAt in the host's time
  /// @param anomalousSince null if the host is not anomalous
  /// @param fault what kind of fault it looks like; null if it is not, or no model tells kinds
  record Circumstances(
      Instant evaluatedAt,
      Instant newestSampleAt,
      @Nullable Instant anomalousSince,
      List<Contribution> contributions,
      @Nullable FaultSigns fault) {
    /// Of an evaluation that no model has part in.
    Circumstances(
        Instant evaluatedAt,
        Instant newestSampleAt,
        @Nullable Instant anomalousSince,
        List<Contribution> contributions) {
      this(evaluatedAt, newestSampleAt, anomalousSince, contributions, null);
    }
  }

  /// The messages that a round of a group gives. Alerts whose rule failed are not told again:
  /// nobody knows whether they last (I12).
  ///
  /// @param alerts all of the host's alerts after the round
  List<AlertMessage> messages(
      RuleGroup group, RoundResult round, List<AlertInstance> alerts, Circumstances circumstances) {
    long now = circumstances.evaluatedAt().toEpochMilli();
    List<AlertMessage> messages = new ArrayList<>();
    for (AlertInstance alert : round.transitions()) {
      messages.add(message(alert, circumstances));
      toldAt.put(alert.labels(), now);
    }
    for (AlertInstance alert : alerts) {
      boolean isKnown = alert.group().equals(group.name()) && !failed(alert, round.failures());
      if (isKnown && alert.firedAt() != null && isDue(alert, now)) {
        messages.add(message(alert, circumstances));
        toldAt.put(alert.labels(), now);
      }
    }
    if (toldAt.size() > alerts.size()) {
      toldAt.keySet().retainAll(alerts.stream().map(AlertInstance::labels).toList());
    }
    return messages;
  }

  /// The messages about alerts that fired under rules which are no longer in force.
  List<AlertMessage> dropped(List<AlertInstance> alerts, Circumstances circumstances) {
    List<AlertMessage> messages = new ArrayList<>();
    for (AlertInstance alert : alerts) {
      Instant firedAt = alert.firedAt();
      if (alert.state() == AlertInstance.State.FIRING && firedAt != null) {
        messages.add(
            message(
                alert,
                new State.Dropped(alert.activeAt(), firedAt, circumstances.newestSampleAt()),
                circumstances));
      }
    }
    return messages;
  }

  private boolean failed(AlertInstance alert, List<RuleFailure> failures) {
    for (RuleFailure failure : failures) {
      if (plan.rulePlan().key(failure.rule()).equals(alert.key())) {
        return true;
      }
    }
    return false;
  }

  private boolean isDue(AlertInstance alert, long now) {
    Long told = toldAt.get(alert.labels());
    return told == null || now - told >= refreshMillis;
  }

  private AlertMessage message(AlertInstance alert, Circumstances circumstances) {
    return message(alert, stateOf(alert), circumstances);
  }

  private AlertMessage message(AlertInstance alert, State state, Circumstances circumstances) {
    return new AlertMessage(
        instance,
        alert.labels(),
        alert.annotations(),
        alert.group(),
        plan.expressionOf(alert.key()),
        state,
        alert.value(),
        circumstances.evaluatedAt(),
        circumstances.newestSampleAt(),
        circumstances.anomalousSince(),
        circumstances.contributions(),
        plan.rules().version(),
        circumstances.fault(),
        null);
  }

  private static State stateOf(AlertInstance alert) {
    Instant firedAt = alert.firedAt();
    Instant resolvedAt = alert.resolvedAt();
    if (resolvedAt != null) {
      return new State.Resolved(alert.activeAt(), firedAt, resolvedAt);
    }
    return firedAt == null
        ? new State.Pending(alert.activeAt())
        : new State.Firing(alert.activeAt(), firedAt);
  }
}
