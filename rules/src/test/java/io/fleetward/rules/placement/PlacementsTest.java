package io.fleetward.rules.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problems;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementsTest {
  private static RuleSet rules(String... yaml) {
    Problems problems = new Problems();
    String text = "groups:\n- name: g\n  rules:\n" + String.join("\n", yaml);
    RuleSet rules = RuleFiles.ruleSet(RuleFiles.parse("rules.yaml", text, problems), "");
    problems.throwIfAny();
    return rules;
  }

  private static Placement place(String... yaml) {
    RuleSet rules = rules(yaml);
    return Placements.of(rules).of(rules.groups().getFirst().rules().getLast());
  }

  private static Placement expression(String text) {
    return place("  - record: r", "    expr: '%s'".formatted(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up == 0",
        "sum by (instance, mode) (rate(x[5m]))",
        "sum without (cpu) (x)",
        "a * on (instance) group_left (b) c",
        "a / ignoring (mode) b",
        "a > on () group_left () vector(9)",
        "time() - x > 60",
        "a and on () hour() > 8",
        "histogram_quantile(0.9, sum by (instance, le) (rate(x_bucket[5m])))",
        "topk by (instance) (3, x)",
        "max_over_time(rate(x[1m])[1h:1m])",
      })
  void staysOnTheHost(String text) {
    assertThat(expression(text)).isEqualTo(new Placement.HostLocal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(x)",
        "sum by (job) (x)",
        "sum without (instance) (x)",
        "a / on (job) b",
        "a - ignoring (instance) b",
        "absent(x)",
        "x / scalar(y)",
        "vector(1)",
        "x or vector(0)",
        "label_replace(x, \"instance\", \"$1\", \"host\", \"(.*)\")",
        "count_values by (instance) (\"instance\", x)",
        "sum(x) by (instance) > avg(x)",
        "a * vector(2)",
      })
  void looksAcrossHosts(String text) {
    assertThat(expression(text)).isInstanceOf(Placement.CrossHost.class);
  }

  @Test
  void aCrossHostRuleSaysWhatItNeeds() {
    assertThat(expression("sum(rate(x{a=\"b\"}[5m])) / count(y offset 1h)"))
        .isEqualTo(
            new Placement.CrossHost(
                List.of("x{a=\"b\"}", "y"),
                "sum drops instance; name it in by (…) to keep it on the host"));
  }

  @Test
  void whatReadsACrossHostRuleIsCrossHostWhereverItStands() {
    RuleSet rules =
        rules(
            "  - alert: Late",
            "    expr: fleet:x:sum > 5",
            "  - record: fleet:x:sum",
            "    expr: sum(x)");
    Placements placements = Placements.of(rules);
    assertThat(placements.of(rules.groups().getFirst().rules().getFirst()))
        .isInstanceOf(Placement.CrossHost.class);
  }

  @Test
  void aTemplateThatQueriesLooksAcrossHosts() {
    assertThat(
            place(
                "  - alert: A",
                "    expr: x > 1",
                "    annotations: {s: '{{ query \"sum(y)\" | first | value }}'}"))
        .isInstanceOf(Placement.CrossHost.class);
    assertThat(
            place(
                "  - alert: A",
                "    expr: x > 1",
                "    annotations: {s: '{{ printf \"y{a=%q}\" $labels.a | query | first | value }}'}"))
        .isInstanceOf(Placement.Refused.class);
  }
}
