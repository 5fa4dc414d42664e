package io.fleetward.service.control;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.rules.template.GoNumbers;
import io.fleetward.service.desk.RuleAlertView;
import io.fleetward.service.desk.RuleDesk;
import io.fleetward.service.desk.RuleGroupView;
import io.fleetward.service.desk.RuleView;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The rules and alerts of all instances of the service: what this one evaluates itself, and what
/// the database heard of others. Thread safe.
public final class RulesEverywhere implements RuleDesk {
  /// What fires is told again every few seconds, what is pending only once.
  private static final Duration HEARD_WITHIN = Duration.ofHours(1);

  private static final Duration FIRING_WITHIN = Duration.ofMinutes(2);

  private final RuleDesk own;
  private final Predicate<String> isOwned;
  private final Database database;
  private final InstantSource clock;

  /// @param own what this instance evaluates
  /// @param isOwned whether this instance evaluates the rules of a host, or of a rule group across
  ///   hosts
  public RulesEverywhere(
      RuleDesk own, Predicate<String> isOwned, Database database, InstantSource clock) {
    this.own = own;
    this.isOwned = isOwned;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public List<RuleGroupView> ruleGroups() {
    List<AlertMessage> others = others();
    return own.ruleGroups().stream()
        .map(group ->
            group.with(group.rules().stream().map(rule -> with(others, group, rule)).toList()))
        .toList();
  }

  @Override
  public List<RuleAlertView> alerts() {
    List<RuleAlertView> all = new ArrayList<>(own.alerts());
    others().forEach(alert -> all.add(view(alert)));
    return all;
  }

  /// The alerts that other instances evaluate; none while the database does not answer.
  private List<AlertMessage> others() {
    try {
      return database
          .transaction(ledger -> ledger.alerts().heardSince(clock.instant().minus(HEARD_WITHIN)))
          .stream()
          .filter(alert -> !isOwned.test(alert.instance()) && lasts(alert))
          .toList();
    } catch (DatabaseUnavailableException _) {
      return List.of();
    }
  }

  private boolean lasts(AlertMessage alert) {
    return switch (alert.state()) {
      case State.Pending _ -> true;
      case State.Firing _ -> alert.evaluatedAt().isAfter(clock.instant().minus(FIRING_WITHIN));
      case State.Resolved _, State.Dropped _ -> false;
    };
  }

  private static RuleView with(List<AlertMessage> others, RuleGroupView group, RuleView rule) {
    return switch (rule) {
      case RuleView.Recording recording -> recording;
      case RuleView.Alerting alerting -> {
        List<RuleAlertView> alerts = new ArrayList<>(alerting.alerts());
        others.stream()
            .filter(alert -> alert.group().equals(group.name()))
            .filter(alert -> alert.expression().equals(alerting.query()))
            .filter(alert -> alerting.name().equals(alert.labels().get("alertname")))
            .forEach(alert -> alerts.add(view(alert)));
        yield alerting.withAlerts(alerts);
      }
    };
  }

  private static RuleAlertView view(AlertMessage alert) {
    return new RuleAlertView(
        alert.labels(),
        alert.annotations(),
        alert.state() instanceof State.Pending ? "pending" : "firing",
        alert.state().activeAt(),
        null,
        GoNumbers.scientific(alert.value(), -1));
  }
}
