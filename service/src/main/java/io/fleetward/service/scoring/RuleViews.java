package io.fleetward.service.scoring;

import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.engine.AlertInstance.State;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.placement.Placement;
import io.fleetward.rules.template.GoNumbers;
import io.fleetward.service.desk.RuleAlertView;
import io.fleetward.service.desk.RuleGroupView;
import io.fleetward.service.desk.RuleView;
import io.fleetward.service.desk.RuleView.Health;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a board knows, as Prometheus shows it. Used once, by one thread.
final class RuleViews {
  private final RuleBoard board;
  private final Map<String, List<AlertInstance>> alertsByRule;

  RuleViews(RuleBoard board) {
    this.board = board;
    this.alertsByRule =
        board.alerts().stream()
            .filter(alert -> alert.state() != State.RESOLVED)
            .collect(Collectors.groupingBy(AlertInstance::key));
  }

  List<RuleGroupView> groups() {
    return board.groups().stream().map(this::group).toList();
  }

  List<RuleAlertView> alerts() {
    return board.groups().stream()
        .flatMap(group -> group.rules().stream())
        .flatMap(rule -> alertsOf(rule.rule()).stream())
        .map(RuleViews::alert)
        .toList();
  }

  private RuleGroupView group(GroupTally tally) {
    RuleGroup group = tally.group();
    return new RuleGroupView(
        group.name(),
        group.file(),
        seconds(group.interval()),
        group.limit(),
        tally.seconds(),
        tally.lastEvaluation(RuleView.NEVER),
        tally.rules().stream().map(rule -> rule(tally, rule)).toList());
  }

  private RuleView rule(GroupTally group, RuleTally tally) {
    Placement placement = board.plan().rulePlan().placements().of(tally.rule());
    boolean isEvaluated =
        switch (placement) {
          case Placement.HostLocal() -> group.wasEvaluated();
          case Placement.CrossHost _ -> group.wasEvaluatedAcross();
          case Placement.Refused _ -> false;
        };
    String error = isEvaluated ? tally.lastError() : reason(placement);
    Health health =
        !isEvaluated ? Health.UNKNOWN : tally.failingHosts() > 0 ? Health.ERR : Health.OK;
    var at = isEvaluated ? group.lastEvaluation(RuleView.NEVER) : RuleView.NEVER;
    return switch (tally.rule()) {
      case Rule.Recording rule ->
          new RuleView.Recording(
              rule.name(),
              rule.text(),
              labels(group, rule.labels().toMap()),
              health,
              error,
              tally.seconds(),
              at);
      case Rule.Alerting rule -> {
        List<AlertInstance> alerts = alertsOf(rule);
        yield new RuleView.Alerting(
            isEvaluated ? state(alerts) : "unknown",
            rule.name(),
            rule.text(),
            seconds(rule.holdFor()),
            seconds(rule.keepFiringFor()),
            labels(group, rule.labels()),
            new TreeMap<>(rule.annotations()),
            alerts.stream().map(RuleViews::alert).toList(),
            health,
            error,
            tally.seconds(),
            at);
      }
    };
  }

  private List<AlertInstance> alertsOf(Rule rule) {
    return alertsByRule.getOrDefault(board.plan().rulePlan().key(rule), List.of());
  }

  /// Why a rule is not evaluated, or not on this instance of the service.
  static String reason(Placement placement) {
    return switch (placement) {
      case Placement.HostLocal() -> "";
      case Placement.CrossHost(_, String why) ->
          "not evaluated here so far: it needs the series of several hosts, which come together on one instance of the service (%s)"
              .formatted(why);
      case Placement.Refused(String why) -> "not evaluated: " + why;
    };
  }

  private static Map<String, String> labels(GroupTally group, Map<String, String> ofRule) {
    Map<String, String> labels = new TreeMap<>(group.group().labels().toMap());
    labels.putAll(ofRule);
    return labels;
  }

  private static String state(List<AlertInstance> alerts) {
    return alerts.stream()
        .map(AlertInstance::state)
        .max(Comparator.naturalOrder())
        .map(RuleViews::word)
        .orElse("inactive");
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static RuleAlertView alert(AlertInstance alert) {
    return new RuleAlertView(
        alert.labels(),
        alert.annotations(),
        word(alert.state()),
        alert.activeAt(),
        alert.keepFiringSince(),
        GoNumbers.scientific(alert.value(), -1));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
