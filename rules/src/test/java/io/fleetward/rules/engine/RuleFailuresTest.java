package io.fleetward.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.engine.AlertInstance.State;
import io.fleetward.rules.evaluation.EvaluationSettings;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A rule that fails fails alone: its alerts stay as they are, and it is tried again.
class RuleFailuresTest {
  private static final Labels LOAD = Labels.of("__name__", "load", "instance", "web-1");
  private static final Labels FINE = Labels.of("__name__", "fine", "instance", "web-1");

  private RulePlan plan = RulePlan.of(rules(""));
  private HostRules host = new HostRules(plan, "web-1");

  private static RuleSet rules(String rules) {
    Problems problems = new Problems();
    String text =
        "groups:\n- name: g\n  rules:\n%s  - record: fine\n    expr: load{cpu=\"\"} * 2\n"
            .formatted(rules.indent(2));
    var groups = RuleFiles.parse("rules.yaml", text, problems);
    problems.throwIfAny();
    return RuleFiles.ruleSet(groups, "");
  }

  private void use(String rules, long maxSamples) {
    plan = RulePlan.of(rules(rules), EvaluationSettings.standard().withMaxSamples(maxSamples));
    host = new HostRules(plan, "web-1");
  }

  private RoundResult at(long second, double load) {
    host.append(host.slot(LOAD), second * 1000, load);
    RoundResult result = host.evaluate(plan.rules().groups().getFirst(), second * 1000);
    assertThat(host.newest(FINE, second * 1000)).isEqualTo(2 * load);
    return result;
  }

  private static String failure(RoundResult result) {
    return result.failures().getFirst().reason();
  }

  private static List<State> states(RoundResult result) {
    return result.transitions().stream().map(AlertInstance::state).toList();
  }

  @Test
  void alertsWithTheSameLabelsFailTheRuleAndTheAlertsStay() {
    use(
        """
        - alert: Load
          expr: load > 5
          for: 30s
          labels: { cpu: all }
        """,
        1_000);
    at(0, 9);
    host.append(host.slot(LOAD.with("cpu", "1")), 15_000, 9);
    RoundResult failed = at(15, 9);
    assertThat(failure(failed))
        .isEqualTo("vector contains metrics with the same labelset after applying alert labels");
    assertThat(states(failed)).isEmpty();
    host.append(host.slot(LOAD.with("cpu", "1")), 30_000, 1);
    assertThat(states(at(30, 9))).containsExactly(State.FIRING);
  }

  @Test
  void aFiringAlertKeepsFiringWhileItsRuleFails() {
    use("- alert: Load\n  expr: load > on (instance) group_left () limit\n", 1_000);
    Labels limit = Labels.of("__name__", "limit", "instance", "web-1");
    host.append(host.slot(limit), 0, 5);
    at(0, 9);
    host.append(host.slot(limit.with("zone", "b")), 15_000, 5);
    RoundResult failed = at(15, 1);
    assertThat(failure(failed)).contains("many-to-many matching not allowed");
    assertThat(failed.firing()).hasSize(1);
    host.append(host.slot(limit.with("zone", "b")), 30_000, StaleMarker.VALUE);
    assertThat(states(at(30, 1))).containsExactly(State.RESOLVED);
  }

  @Test
  void aQueryBeyondTheSampleLimitStops() {
    use("- record: seen\n  expr: count_over_time(load[1m])\n", 4);
    for (int second = 0; second < 60; second += 15) {
      assertThat(at(second, 1).failures()).isEmpty();
    }
    host.append(host.slot(LOAD), 59_000, 1);
    assertThat(failure(at(59, 1)))
        .isEqualTo("query processing would load too many samples into memory in query execution");
  }

  @Test
  void aSubqueryThatReadsNothingIsLimitedToo() {
    use(
        "- record: seen\n  expr: load * on () group_left () sum_over_time(max_over_time(vector(1)[1h:1s])[1h:1s])\n",
        1_000_000);
    assertThat(failure(at(0, 1))).contains("too many samples");
  }

  @Test
  void tellsHowLongEachRuleTook() {
    use("- record: seen\n  expr: load\n", 1_000);
    List<String> timed = new ArrayList<>();
    host.evaluate(
        plan.rules().groups().getFirst(),
        0,
        (rule, nanos) -> {
          assertThat(nanos).isNotNegative();
          timed.add(rule.name());
        });
    assertThat(timed).containsExactly("seen", "fine");
  }
}
