package io.fleetward.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.engine.AlertInstance.State;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What stays of a host when other rules are put in force: what Prometheus keeps when it copies a
/// group's state at a reload.
class ReplacedRulesTest {
  private static final Labels LOAD = Labels.of("__name__", "load", "instance", "web-1");
  private static final String LOAD_HIGH =
      """
      - alert: LoadHigh
        expr: load > 5
        for: 30s
      """;

  private RulePlan plan = RulePlan.of(rules(LOAD_HIGH));
  private HostRules host = new HostRules(plan, "web-1");
  private final List<AlertInstance> transitions = new ArrayList<>();

  private static RuleSet rules(String rules) {
    return named("rules.yaml", "g", rules);
  }

  private static RuleSet named(String file, String group, String rules) {
    Problems problems = new Problems();
    String text = "groups:\n- name: %s\n  rules:\n%s".formatted(group, rules.indent(2));
    List<RuleGroup> groups = RuleFiles.parse(file, text, problems);
    problems.throwIfAny();
    return RuleFiles.ruleSet(groups, "");
  }

  private void replace(RuleSet others) {
    plan = plan.replacedBy(others);
    host = host.under(plan);
  }

  private List<State> at(long second, double load) {
    host.append(host.slot(LOAD), second * 1000, load);
    List<AlertInstance> now = new ArrayList<>();
    for (RuleGroup group : plan.rules().groups()) {
      now.addAll(host.evaluate(group, second * 1000).transitions());
    }
    transitions.addAll(now);
    return now.stream().map(AlertInstance::state).toList();
  }

  private double newest(String name, long second, String... labels) {
    Labels series = Labels.of("__name__", name, "instance", "web-1");
    for (int i = 0; i < labels.length; i += 2) {
      series = series.with(labels[i], labels[i + 1]);
    }
    return host.newest(series, second * 1000);
  }

  @Test
  void anAlertGoesOnThoughItsExpressionAndAnnotationsChanged() {
    at(0, 9);
    replace(
        rules(
            """
            - alert: LoadHigh
              expr: load > 7
              for: 30s
              annotations: { summary: "{{ $value }}" }
            """));
    assertThat(at(15, 9)).isEmpty();
    assertThat(at(30, 9)).containsExactly(State.FIRING);
    assertThat(transitions.getLast().activeAt().getEpochSecond()).isZero();
    assertThat(transitions.getLast().annotations()).containsEntry("summary", "9");
  }

  @Test
  void aFiringAlertIsPendingAgainWhenItsRuleAsksForLonger() {
    at(0, 9);
    at(30, 9);
    replace(rules(LOAD_HIGH.replace("30s", "60s")));
    assertThat(at(45, 9)).containsExactly(State.PENDING);
    assertThat(at(60, 9)).containsExactly(State.FIRING);
  }

  @Test
  void aRuleWithOtherLabelsIsAnotherRule() {
    at(0, 9);
    replace(rules(LOAD_HIGH + "  labels: { severity: page }\n"));
    assertThat(host.alerts()).isEmpty();
    assertThat(at(15, 9)).containsExactly(State.PENDING);
    at(16, 9);
    assertThat(newest("ALERTS", 16, "alertname", "LoadHigh", "alertstate", "pending")).isNaN();
    assertThat(
            newest(
                "ALERTS", 16, "alertname", "LoadHigh", "alertstate", "pending", "severity", "page"))
        .isEqualTo(1);
  }

  @Test
  void aRuleInAnotherGroupOrFileIsAnotherRule() {
    at(0, 9);
    replace(named("rules.yaml", "other", LOAD_HIGH));
    assertThat(host.alerts()).isEmpty();
    at(15, 9);
    replace(named("/etc/other/rules.yaml", "other", LOAD_HIGH));
    assertThat(host.alerts()).hasSize(1);
    replace(named("/etc/other/more.yaml", "other", LOAD_HIGH));
    assertThat(host.alerts()).isEmpty();
  }

  @Test
  void ofRulesThatAreAlikeTheFirstGoesOnAsTheFirst() {
    String two = LOAD_HIGH + LOAD_HIGH.replace("> 5", "< 3").replace("30s", "0s");
    replace(rules(two));
    at(0, 1);
    assertThat(host.alerts()).extracting(AlertInstance::value).containsExactly(1.0);
    List<AlertInstance> stored = host.alerts();
    replace(rules("- record: first\n  expr: load\n" + two));
    assertThat(host.alerts()).isEqualTo(stored);
    assertThat(at(15, 1)).isEmpty();

    HostRules restarted = new HostRules(plan, "web-1");
    restarted.restoreAlerts(stored);
    assertThat(restarted.alerts()).isEqualTo(stored);
  }

  @Test
  void samplesStayAsFarAsTheyWereKept() {
    replace(rules("- record: highest\n  expr: max_over_time(load[2h])\n"));
    at(0, 9);
    for (int second = 15; second < 7_000; second += 15) {
      at(second, 1);
    }
    replace(rules("- record: most\n  expr: max_over_time(load[2h])\n"));
    at(7_000, 1);
    assertThat(newest("most", 7_000)).isEqualTo(9);
    replace(rules("- record: lately\n  expr: max_over_time(load[1m])\n"));
    at(7_015, 2);
    assertThat(newest("lately", 7_015)).isEqualTo(2);
    replace(rules("- record: highest\n  expr: max_over_time(load[3h])\n"));
    at(7_030, 1);
    assertThat(newest("highest", 7_030)).isEqualTo(2);
  }

  @Test
  void whatARuleRecordedEndsWithTheRuleUnlessAnotherRecordsIt() {
    replace(rules("- record: a\n  expr: load\n- record: b\n  expr: load * 2\n"));
    at(0, 1);
    replace(named("other.yaml", "h", "- record: b\n  expr: load * 3\n"));
    at(15, 1);
    at(30, 1);
    assertThat(newest("a", 30)).isNaN();
    assertThat(newest("b", 15)).isEqualTo(3);
    assertThat(newest("b", 30)).isEqualTo(3);
  }

  @Test
  void aSeriesThatARuleCeasedToYieldWhileItWasReplacedEnds() {
    replace(rules("- record: busy\n  expr: load > 5\n"));
    at(0, 9);
    replace(rules("- record: busy\n  expr: load > 8\n"));
    at(15, 7);
    assertThat(newest("busy", 15)).isNaN();
  }
}
