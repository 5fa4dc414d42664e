package io.fleetward.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.engine.AlertInstance.State;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Alert states as Prometheus has them, tick by tick.
class AlertStatesTest {
  private static final Labels LOAD = Labels.of("__name__", "load", "instance", "web-1");

  private RuleSet rules = rules("for: 30s");
  private HostRules host = new HostRules(rules, "web-1");

  private static RuleSet rules(String... extra) {
    return ruleSet(
        "groups:\n- name: g\n  rules:\n  - alert: Load\n    expr: load > 5\n    "
            + String.join("\n    ", extra));
  }

  private static RuleSet ruleSet(String text) {
    Problems problems = new Problems();
    List<RuleGroup> groups = RuleFiles.parse("rules.yaml", text, problems);
    problems.throwIfAny();
    return RuleFiles.ruleSet(groups, "");
  }

  private void use(RuleSet changed) {
    rules = changed;
    host = new HostRules(rules, "web-1");
  }

  private RoundResult at(long second, double load) {
    host.append(host.slot(LOAD), second * 1000, load);
    return round(second);
  }

  private RoundResult round(long second) {
    return host.evaluate(rules.groups().getFirst(), second * 1000);
  }

  private static List<State> states(RoundResult result) {
    return result.transitions().stream().map(AlertInstance::state).toList();
  }

  @Test
  void firesOnceItHasHeldForLongEnough() {
    assertThat(states(at(0, 9))).containsExactly(State.PENDING);
    assertThat(states(at(15, 9))).isEmpty();
    assertThat(states(at(29, 9))).isEmpty();
    RoundResult fired = at(30, 9);
    assertThat(states(fired)).containsExactly(State.FIRING);
    assertThat(fired.firing()).hasSize(1);
    AlertInstance alert = fired.firing().getFirst();
    assertThat(alert.activeAt().getEpochSecond()).isZero();
    assertThat(alert.firedAt()).hasToString("1970-01-01T00:00:30Z");
    assertThat(at(45, 8).firing().getFirst().value()).isEqualTo(8);
  }

  @Test
  void firesAtOnceWithoutFor() {
    use(rules("labels: {severity: page}"));
    assertThat(states(at(0, 9))).containsExactly(State.PENDING, State.FIRING);
  }

  @Test
  void startsAnewWhenItDidNotHoldInBetween() {
    at(0, 9);
    assertThat(states(at(15, 1))).containsExactly(State.RESOLVED);
    assertThat(host.alerts()).isEmpty();
    at(30, 9);
    assertThat(states(at(45, 9))).isEmpty();
    assertThat(states(at(60, 9))).containsExactly(State.FIRING);
  }

  @Test
  void resolvesAndIsRememberedForAQuarterOfAnHour() {
    at(0, 9);
    at(30, 9);
    RoundResult resolved = at(45, 1);
    assertThat(states(resolved)).containsExactly(State.RESOLVED);
    assertThat(resolved.transitions().getFirst().resolvedAt()).hasToString("1970-01-01T00:00:45Z");
    assertThat(resolved.firing()).isEmpty();
    at(45 + 900, 1);
    assertThat(host.alerts()).hasSize(1);
    at(45 + 901, 1);
    assertThat(host.alerts()).isEmpty();
  }

  @Test
  void resolvesWhenItsSeriesEnds() {
    at(0, 9);
    at(30, 9);
    assertThat(states(at(45, StaleMarker.VALUE))).containsExactly(State.RESOLVED);
  }

  @Test
  void resolvesWhenNothingIsHeardForTheLookBack() {
    at(0, 9);
    at(30, 9);
    assertThat(states(round(30 + 299))).isEmpty();
    assertThat(states(round(30 + 300))).containsExactly(State.RESOLVED);
  }

  @Test
  void keepsFiringForAWhile() {
    use(rules("for: 30s", "keep_firing_for: 1m"));
    at(0, 9);
    at(30, 9);
    assertThat(at(40, 1).firing()).hasSize(1);
    assertThat(at(99, 1).firing().getFirst().keepFiringSince()).hasToString("1970-01-01T00:00:40Z");
    assertThat(states(at(100, 1))).containsExactly(State.RESOLVED);
  }

  @Test
  void keepFiringStartsAnewAfterItHeldAgain() {
    use(rules("keep_firing_for: 1m"));
    at(0, 9);
    at(30, 1);
    at(60, 9);
    at(70, 1);
    assertThat(at(129, 1).firing()).hasSize(1);
    assertThat(states(at(130, 1))).containsExactly(State.RESOLVED);
  }

  @Test
  void goesOnAfterARestartInTheMiddle() {
    at(0, 9);
    List<AlertInstance> saved = at(20, 9).transitions().isEmpty() ? host.alerts() : List.of();
    use(rules);
    host.restoreAlerts(saved);
    RoundResult fired = at(30, 9);
    assertThat(states(fired)).containsExactly(State.FIRING);
    assertThat(fired.firing().getFirst().activeAt().getEpochSecond()).isZero();
  }

  @Test
  void isPendingAgainWhenItsRuleAsksForLonger() {
    at(0, 9);
    at(30, 9);
    List<AlertInstance> saved = host.alerts();
    use(rules("for: 5m"));
    host.restoreAlerts(saved);
    assertThat(states(at(45, 9))).containsExactly(State.PENDING);
    assertThat(states(at(300, 9))).containsExactly(State.FIRING);
  }

  @Test
  void aValueInALabelMakesANewAlertEachRound() {
    use(rules("labels: {load: '{{ $value }}'}"));
    at(0, 9);
    RoundResult result = at(15, 8);
    assertThat(states(result)).containsExactly(State.PENDING, State.RESOLVED, State.FIRING);
    assertThat(result.firing().getFirst().labels()).containsEntry("load", "8");
  }

  @Test
  void aRuleThatFailsFailsAloneAndKeepsItsAlerts() {
    use(
        ruleSet(
            """
            groups:
            - name: g
              rules:
              - alert: Joined
                expr: load > on (instance) group_left () limit
              - record: fine
                expr: load * 2
            """));
    Labels limit = Labels.of("__name__", "limit", "instance", "web-1");
    host.append(host.slot(limit), 0, 5);
    at(0, 9);
    assertThat(host.alerts()).hasSize(1);
    host.append(host.slot(limit.with("zone", "b")), 15_000, 5);
    RoundResult result = at(15, 9);
    assertThat(result.failures()).hasSize(1);
    assertThat(result.failures().getFirst().reason()).contains("many-to-many matching not allowed");
    assertThat(result.firing()).hasSize(1);
    Labels fine = Labels.of("__name__", "fine", "instance", "web-1");
    assertThat(host.newest(fine, 15_000)).isEqualTo(18);
  }

  @Test
  void tooManyAlertsFailTheRuleAndClearIt() {
    use(
        ruleSet(
            """
            groups:
            - name: g
              limit: 1
              rules:
              - alert: Load
                expr: load > 5
            """));
    at(0, 9);
    host.append(host.slot(LOAD.with("cpu", "1")), 15_000, 9);
    RoundResult result = at(15, 9);
    assertThat(result.failures().getFirst().reason())
        .isEqualTo("exceeded limit of 1 with 2 alerts");
    assertThat(result.transitions()).isEmpty();
    assertThat(host.alerts()).isEmpty();
    host.append(host.slot(LOAD.with("cpu", "1")), 30_000, 1);
    assertThat(states(at(30, 9))).containsExactly(State.PENDING, State.FIRING);
  }

  @Test
  void alertsAreSeriesToo() {
    use(
        ruleSet(
            """
            groups:
            - name: g
              rules:
              - alert: Load
                expr: load > 5
                for: 30s
              - record: firing
                expr: count by (instance) (ALERTS{alertstate="firing"})
            """));
    Labels firing = Labels.of("__name__", "firing", "instance", "web-1");
    at(0, 9);
    assertThat(host.newest(firing, 0)).isNaN();
    at(30, 9);
    assertThat(host.newest(firing, 30_000)).isEqualTo(1);
    at(45, 1);
    assertThat(host.newest(firing, 45_000)).isNaN();
  }

  @Test
  void lateAndRepeatedSamplesAreDropped() {
    int slot = host.slot(LOAD);
    assertThat(host.append(slot, 10_000, 1)).hasToString("STORED");
    assertThat(host.append(slot, 10_000, 1)).hasToString("REPEATED");
    assertThat(host.append(slot, 10_000, 2)).hasToString("DUPLICATE");
    assertThat(host.append(slot, 9_000, 2)).hasToString("OUT_OF_ORDER");
    assertThat(host.newest(slot, 10_000)).isEqualTo(1);
  }
}
