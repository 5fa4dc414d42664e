package io.fleetward.rules.engine;

import static io.fleetward.rules.engine.SteppedHost.series;
import static io.fleetward.rules.engine.SteppedHost.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.engine.AlertInstance.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Alerts over longer stories, as Prometheus tells them: flapping, restarts in the middle, rules
/// that share a name.
class AlertLivesTest {
  private static final Labels LOAD = series("load");

  private static SteppedHost host(String... extra) {
    return new SteppedHost(
        "rules:\n- alert: Load\n  expr: load > 5\n  " + String.join("\n  ", extra));
  }

  private static RoundResult at(SteppedHost host, long second, double load) {
    host.append(LOAD, second, load);
    return host.round(second);
  }

  private static long second(java.time.Instant instant) {
    return instant.getEpochSecond();
  }

  @Test
  void oneThatFlapsFasterThanItsForNeverFires() {
    SteppedHost host = host("for: 30s");
    for (long second = 0; second < 600; second += 15) {
      RoundResult round = at(host, second, second % 45 == 30 ? 1 : 9);
      assertThat(states(round)).doesNotContain(State.FIRING);
    }
  }

  @Test
  void oneThatFlapsFasterThanItKeepsFiringFiresOnce() {
    SteppedHost host = host("keep_firing_for: 1m");
    assertThat(states(at(host, 0, 9))).containsExactly(State.PENDING, State.FIRING);
    for (long second = 15; second < 600; second += 15) {
      RoundResult round = at(host, second, second % 45 == 0 ? 9 : 1);
      assertThat(round.transitions()).isEmpty();
      assertThat(round.firing()).hasSize(1);
    }
    assertThat(second(host.rules().alerts().getFirst().activeAt())).isZero();
  }

  @Test
  void aPendingOneIsNotKept() {
    SteppedHost host = host("for: 30s", "keep_firing_for: 10m");
    at(host, 0, 9);
    assertThat(states(at(host, 15, 1))).containsExactly(State.RESOLVED);
    assertThat(host.rules().alerts()).isEmpty();
  }

  @Test
  void holdsAgainWhileItsResolutionIsRemembered() {
    SteppedHost host = host("for: 30s");
    at(host, 0, 9);
    at(host, 30, 9);
    assertThat(states(at(host, 45, 1))).containsExactly(State.RESOLVED);
    assertThat(states(at(host, 60, 9))).containsExactly(State.PENDING);
    assertThat(states(at(host, 90, 9))).containsExactly(State.FIRING);
    assertThat(host.rules().alerts())
        .singleElement()
        .satisfies(alert -> {
          assertThat(second(alert.activeAt())).isEqualTo(60);
          assertThat(alert.resolvedAt()).isNull();
        });
  }

  @Test
  void countsTimeAndNotRounds() {
    SteppedHost host = host("for: 5m");
    at(host, 0, 9);
    assertThat(states(at(host, 299, 9))).isEmpty();
    assertThat(states(at(host, 700, 9))).containsExactly(State.FIRING);
  }

  @Test
  void keepsItsTimesOverARoundThatFails() {
    SteppedHost host =
        new SteppedHost(
            """
            rules:
            - alert: Load
              expr: load > on (instance) limit
              for: 30s
            """);
    Labels limit = series("limit");
    Labels second = series("limit", "zone", "b");
    host.append(limit, 0, 5);
    at(host, 0, 9);
    host.append(second, 15, 5);
    assertThat(at(host, 15, 9).failures()).hasSize(1);
    host.end(second, 30);
    RoundResult round = at(host, 30, 9);
    assertThat(round.failures()).isEmpty();
    assertThat(states(round)).containsExactly(State.FIRING);
  }

  @Test
  void startsAnewAfterItsRuleExceededTheLimit() {
    SteppedHost host =
        new SteppedHost("limit: 1\nrules:\n- alert: Load\n  expr: load > 5\n  for: 30s");
    at(host, 0, 9);
    host.append(series("load", "cpu", "1"), 15, 9);
    assertThat(at(host, 15, 9).failures()).hasSize(1);
    host.end(series("load", "cpu", "1"), 30);
    assertThat(states(at(host, 30, 9))).containsExactly(State.PENDING);
    assertThat(states(at(host, 60, 9))).containsExactly(State.FIRING);
  }

  @Test
  void itsSeriesEndWithEachState() {
    SteppedHost host = host("for: 30s");
    Labels alerts = series("ALERTS", "alertname", "Load");
    Labels pending = alerts.with("alertstate", "pending");
    Labels firing = alerts.with("alertstate", "firing");
    Labels since = series("ALERTS_FOR_STATE", "alertname", "Load");
    at(host, 100, 9);
    assertThat(host.newest(pending, 100)).isEqualTo(1);
    assertThat(host.newest(since, 100)).isEqualTo(100);
    at(host, 130, 9);
    assertThat(host.newest(pending, 130)).isNaN();
    assertThat(host.newest(firing, 130)).isEqualTo(1);
    assertThat(host.newest(since, 130)).isEqualTo(100);
    at(host, 145, 1);
    assertThat(host.newest(firing, 145)).isNaN();
    assertThat(host.newest(since, 145)).isNaN();
  }

  @Test
  void looksBackByTheOffsetAndCountsByTheTick() {
    SteppedHost host =
        new SteppedHost("query_offset: 1m\nrules:\n- alert: Load\n  expr: load > 5\n  for: 30s");
    host.append(LOAD, 0, 9);
    host.append(LOAD, 45, 1);
    assertThat(host.round(59).transitions()).isEmpty();
    assertThat(states(host.round(60))).containsExactly(State.PENDING);
    RoundResult fired = host.round(90);
    assertThat(states(fired)).containsExactly(State.FIRING);
    assertThat(second(fired.firing().getFirst().activeAt())).isEqualTo(60);
    assertThat(states(host.round(105))).containsExactly(State.RESOLVED);
  }

  @Test
  void goesOnKeepingAfterARestart() {
    SteppedHost host = host("keep_firing_for: 1m");
    at(host, 0, 9);
    at(host, 40, 1);
    host.restart();
    assertThat(at(host, 99, 1).firing()).hasSize(1);
    assertThat(states(at(host, 100, 1))).containsExactly(State.RESOLVED);
  }

  @Test
  void isStillRememberedAsResolvedAfterARestart() {
    SteppedHost host = host("for: 30s");
    at(host, 0, 9);
    at(host, 30, 9);
    at(host, 45, 1);
    host.restart();
    assertThat(at(host, 60, 1).transitions()).isEmpty();
    assertThat(host.rules().alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.state()).isEqualTo(State.RESOLVED));
    at(host, 45 + 901, 1);
    assertThat(host.rules().alerts()).isEmpty();
  }

  @Test
  void resolvesWhenItCeasedWhileNobodyLooked() {
    SteppedHost host = host("for: 30s");
    at(host, 0, 9);
    at(host, 30, 9);
    host.restart();
    assertThat(states(at(host, 3_600, 1))).containsExactly(State.RESOLVED);
  }

  @Test
  void isLeftOutWhenItsRuleIsGone() {
    SteppedHost host = host("for: 30s");
    at(host, 0, 9);
    host.restart("rules:\n- alert: Other\n  expr: load > 5");
    assertThat(host.rules().alerts()).isEmpty();
  }

  @Test
  void whatWasSavedStandsInsteadOfWhatAReplayMadeUp() {
    SteppedHost first = host("for: 30s");
    at(first, 0, 9);
    List<AlertInstance> saved = first.rules().alerts();

    SteppedHost second = host("for: 30s");
    second.append(series("load", "cpu", "1"), 15, 9);
    at(second, 15, 9);
    second.rules().restoreAlerts(saved);
    assertThat(second.rules().alerts()).isEqualTo(saved);
    assertThat(at(second, 30, 9).firing())
        .singleElement()
        .satisfies(alert -> assertThat(second(alert.activeAt())).isZero());
  }

  @Test
  void returnsToTheRuleThatYieldedItWhenRulesShareAName() {
    SteppedHost host =
        new SteppedHost(
            """
            labels: {team: "{{ $labels.instance }}"}
            rules:
            - alert: Load
              expr: load > 5
              labels: {severity: warning}
            - alert: Load
              expr: load > 8
              labels: {severity: critical}
            """);
    at(host, 0, 9);
    assertThat(host.rules().alerts()).hasSize(2);
    host.restart();
    assertThat(at(host, 15, 9).transitions()).isEmpty();
    RoundResult round = at(host, 30, 7);
    assertThat(round.transitions())
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.state()).isEqualTo(State.RESOLVED);
          assertThat(alert.labels()).containsEntry("severity", "critical");
        });
    assertThat(round.firing())
        .singleElement()
        .satisfies(alert -> assertThat(alert.labels()).containsEntry("severity", "warning"));
  }

  @Test
  void returnsToItsRuleWhenRulesShareNameAndLabels() {
    SteppedHost host =
        new SteppedHost(
            """
            rules:
            - alert: Busy
              expr: load > 5
            - alert: Busy
              expr: sum by (instance) (load) > 5
            """);
    at(host, 0, 9);
    assertThat(host.rules().alerts()).hasSize(2);
    host.restart();
    assertThat(at(host, 15, 9).transitions()).isEmpty();
  }
}
