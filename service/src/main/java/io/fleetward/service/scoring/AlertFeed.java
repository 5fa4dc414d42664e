package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.time.Duration;
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
  private final RuleSet rules;
  private final long refreshMillis;
  private final Map<Map<String, String>, Long> toldAt = new HashMap<>();

  AlertFeed(String instance, RuleSet rules, Duration refresh) {
    this.instance = instance;
    this.rules = rules;
    this.refreshMillis = refresh.toMillis();
  }

  /// What an evaluation was made on.
  ///
  /// @param evaluatedAt in the broker's time
  /// @param newestSampleAt in the host's time
  /// @param anomalousSince null if the host is not anomalous
  record Circumstances(
      Instant evaluatedAt,
      Instant newestSampleAt,
      @Nullable Instant anomalousSince,
      List<Contribution> contributions) {}

  /// The messages that a round of a group gives.
  ///
  /// @param alerts all of the host's alerts after the round
  List<AlertMessage> messages(
      RuleGroup group,
      List<AlertInstance> transitions,
      List<AlertInstance> alerts,
      Circumstances circumstances) {
    long now = circumstances.evaluatedAt().toEpochMilli();
    List<AlertMessage> messages = new ArrayList<>();
    for (AlertInstance alert : transitions) {
      messages.add(message(alert, circumstances));
      toldAt.put(alert.labels(), now);
    }
    for (AlertInstance alert : alerts) {
      if (alert.group().equals(group.name()) && alert.firedAt() != null && isDue(alert, now)) {
        messages.add(message(alert, circumstances));
        toldAt.put(alert.labels(), now);
      }
    }
    if (toldAt.size() > alerts.size()) {
      toldAt.keySet().retainAll(alerts.stream().map(AlertInstance::labels).toList());
    }
    return messages;
  }

  private boolean isDue(AlertInstance alert, long now) {
    Long told = toldAt.get(alert.labels());
    return told == null || now - told >= refreshMillis;
  }

  private AlertMessage message(AlertInstance alert, Circumstances circumstances) {
    return new AlertMessage(
        instance,
        alert.labels(),
        alert.annotations(),
        alert.group(),
        expressionOf(alert),
        stateOf(alert),
        alert.value(),
        circumstances.evaluatedAt(),
        circumstances.newestSampleAt(),
        circumstances.anomalousSince(),
        circumstances.contributions(),
        rules.version());
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

  private String expressionOf(AlertInstance alert) {
    for (RuleGroup group : rules.groups()) {
      for (Rule rule : group.rules()) {
        if (group.name().equals(alert.group()) && rule.name().equals(alert.rule())) {
          return rule.text();
        }
      }
    }
    return "";
  }
}
