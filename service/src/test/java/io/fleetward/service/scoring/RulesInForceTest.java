package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.service.desk.RuleGroupView;
import io.fleetward.service.desk.RuleView;
import io.fleetward.service.desk.RuleView.Health;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules while they run: what fails, what people see of it, and what other rules change.
class RulesInForceTest {
  private static final String RULES =
      """
      groups:
        - name: load
          limit: 7
          rules:
            - record: fleet:load:sum
              expr: sum(load)
            - record: load:twice
              expr: load * 2
            - alert: LoadHigh
              expr: load > on (instance) group_left () limit
              for: 5s
              labels: { severity: page }
              annotations: { summary: "load is {{ $value }}" }
      """;

  @TempDir private Path folder;

  private static Map<String, Double> scrape(double load) {
    return Map.of("load", load, "limit", 5.0);
  }

  /// Two series of `limit`, which makes the rule's matching many-to-many.
  private static void breakRule(StreamUnderTest stream, String instance, int second) {
    stream.scrapeTwice(instance, second, "limit", 5);
  }

  private static RuleView rule(StreamUnderTest stream, int position) {
    return stream.views().groups().getFirst().rules().get(position);
  }

  private static String lastError(RuleView rule) {
    return switch (rule) {
      case RuleView.Alerting alerting -> alerting.lastError();
      case RuleView.Recording recording -> recording.lastError();
    };
  }

  private static double metric(StreamUnderTest stream, String name, String... labels) {
    return stream.registry.scrape(found -> found.equals(name)).stream()
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .filter(point -> point.getLabels().equals(Labels.of(labels)))
        .mapToDouble(point ->
            switch (point) {
              case CounterSnapshot.CounterDataPointSnapshot counter -> counter.getValue();
              case GaugeSnapshot.GaugeDataPointSnapshot gauge -> gauge.getValue();
              default -> Double.NaN;
            })
        .findFirst()
        .orElse(Double.NaN);
  }

  private static List<String> states(StreamUnderTest stream) {
    return stream.alerts().stream()
        .map(AlertMessage::state)
        .map(state -> state.getClass().getSimpleName())
        .toList();
  }

  @Test
  void areUnknownUntilAHostEvaluatesThem() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      RuleGroupView group = stream.views().groups().getFirst();
      assertThat(group.name()).isEqualTo("load");
      assertThat(group.limit()).isEqualTo(7);
      assertThat(group.lastEvaluation()).isEqualTo(RuleView.NEVER);
      assertThat(rule(stream, 1))
          .extracting("health", "lastError")
          .containsExactly(Health.UNKNOWN, "");
      stream.scrape("web-1", 0, scrape(9));
      assertThat(stream.views().groups().getFirst().lastEvaluation())
          .isEqualTo(StreamUnderTest.START.plusMillis(7));
      assertThat(stream.views().groups().getFirst().evaluationTime()).isPositive();
      assertThat(rule(stream, 1)).extracting("health").isEqualTo(Health.OK);
      assertThat(rule(stream, 2)).extracting("state", "duration").containsExactly("pending", 5.0);
    }
  }

  @Test
  void thatNoHostCanEvaluateSayWhy() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.scrape("web-1", 0, scrape(9));
      assertThat(rule(stream, 0)).extracting("health").isEqualTo(Health.UNKNOWN);
      assertThat(lastError(rule(stream, 0)))
          .isEqualTo(
              "not evaluated here so far: it needs the series of several hosts, which come together"
                  + " on one instance of the service (sum drops instance; name it in by (…) to keep it"
                  + " on the host)");
      assertThat(metric(stream, "fleetward_scoring_rules", "placement", "cross-host")).isEqualTo(1);
      assertThat(metric(stream, "fleetward_scoring_rules", "placement", "host")).isEqualTo(2);
    }
  }

  @Test
  void thatFailSayWhereAndAreTriedAgain() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      for (String instance : List.of("web-1", "web-2", "web-3")) {
        stream.scrape(instance, 0, scrape(9));
        breakRule(stream, instance, 1);
      }
      assertThat(rule(stream, 2))
          .extracting("health", "state")
          .containsExactly(Health.ERR, "pending");
      assertThat(lastError(rule(stream, 2)))
          .startsWith("on web-1 (and 2 other hosts): found duplicate series for the match group")
          .contains("web-1");
      assertThat(rule(stream, 1)).extracting("health").isEqualTo(Health.OK);
      assertThat(metric(stream, "fleetward_scoring_rules_failing")).isEqualTo(1);
      assertThat(failures(stream, "LoadHigh")).isEqualTo(3);
      assertThat(failures(stream, "load:twice")).isZero();

      stream.endTwice("web-1", 2, "limit");
      assertThat(lastError(rule(stream, 2))).isEqualTo("fails on 2 hosts");
      stream.scrape("web-2", 2, scrape(9));
      assertThat(lastError(rule(stream, 2))).startsWith("on web-2 (and 1 other host): ");
      stream.endTwice("web-2", 3, "limit");
      stream.endTwice("web-3", 3, "limit");
      assertThat(rule(stream, 2)).extracting("health", "lastError").containsExactly(Health.OK, "");
      assertThat(failures(stream, "LoadHigh")).isEqualTo(4);
    }
  }

  private static double failures(StreamUnderTest stream, String rule) {
    return metric(stream, "fleetward_scoring_rule_failures", "group", "load", "rule", rule);
  }

  @Test
  void thatFailDoNotTellTheirAlertsAgain() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      IntStream.range(0, 8).forEach(second -> stream.scrape("web-1", second, scrape(9)));
      assertThat(states(stream)).containsExactly("Pending", "Firing");
      IntStream.range(8, 30).forEach(second -> breakRule(stream, "web-1", second));
      assertThat(states(stream)).containsExactly("Pending", "Firing");
      assertThat(stream.views().alerts()).extracting("state").containsExactly("firing");
      stream.endTwice("web-1", 30, "limit");
      stream.scrape("web-1", 31, scrape(9));
      assertThat(states(stream)).containsExactly("Pending", "Firing", "Firing");
    }
  }

  @Test
  void showTheirAlertsUntilTheyResolve() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.scrape("web-1", 0, scrape(9));
      stream.scrape("web-2", 0, scrape(1));
      assertThat(stream.views().alerts())
          .containsExactly(
              new io.fleetward.service.desk.RuleAlertView(
                  Map.of("alertname", "LoadHigh", "instance", "web-1", "severity", "page"),
                  Map.of("summary", "load is 9"),
                  "pending",
                  StreamUnderTest.START,
                  null,
                  "9e+00"));
      stream.scrape("web-1", 5, scrape(9));
      assertThat(rule(stream, 2)).extracting("state").isEqualTo("firing");
      stream.scrape("web-1", 6, scrape(1));
      assertThat(stream.views().alerts()).isEmpty();
      assertThat(rule(stream, 2)).extracting("state").isEqualTo("inactive");
    }
  }

  @Test
  void ofAHostThatMovedAwayAreForgotten() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.scrape("web-1", 0, scrape(9));
      breakRule(stream, "web-1", 1);
      stream.takeOver();
      assertThat(stream.views().alerts()).isEmpty();
      assertThat(lastError(rule(stream, 2))).isEmpty();
      stream.scrape("web-1", 2, scrape(9));
      assertThat(stream.views().alerts()).hasSize(1);
      assertThat(lastError(rule(stream, 2))).startsWith("on web-1: ");
    }
  }

  @Test
  void goOnWithTheirAlertsWhenOthersAreLoaded() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.scrape("web-1", 0, scrape(9));
      stream.replace(RULES.replace("load * 2", "load * 3"), "");
      assertThat(stream.views().alerts()).isEmpty();
      stream.scrape("web-1", 3, scrape(9));
      stream.scrape("web-1", 5, scrape(9));
      assertThat(states(stream)).containsExactly("Pending", "Firing");
      assertThat(stream.alerts().getLast().state())
          .isEqualTo(new State.Firing(StreamUnderTest.START, StreamUnderTest.START.plusSeconds(5)));
      stream.takeOver();
      stream.scrape("web-1", 6, scrape(1));
      assertThat(states(stream)).containsExactly("Pending", "Firing", "Resolved");
    }
  }

  @Test
  void thatAreGoneDropTheirAlertsOnce() {
    String without = RULES.replace("alert: LoadHigh", "alert: LoadTooHigh");
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.scrape("web-1", 0, scrape(9));
      stream.scrape("web-1", 5, scrape(9));
      stream.replace(without, "");
      stream.scrape("web-1", 6, scrape(9));
      stream.scrape("web-1", 7, scrape(9));
      assertThat(states(stream)).containsExactly("Pending", "Firing", "Dropped", "Pending");
      assertThat(stream.alerts().get(2).state())
          .isEqualTo(
              new State.Dropped(
                  StreamUnderTest.START,
                  StreamUnderTest.START.plusSeconds(5),
                  StreamUnderTest.START.plusSeconds(6)));
    }
  }

  @Test
  void thatAreGoneAfterARestartDropTheirAlertsToo() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.scrape("web-1", 0, scrape(9));
      stream.scrape("web-1", 5, scrape(9));
      stream.replace(RULES.replace("severity: page", "severity: ticket"), "");
      stream.takeOver();
      stream.scrape("web-1", 6, scrape(1));
      stream.takeOver();
      stream.scrape("web-1", 7, scrape(1));
      assertThat(
              stream.alerts().stream()
                  .filter(alert -> "page".equals(alert.labels().get("severity")))
                  .map(alert -> alert.state().getClass().getSimpleName()))
          .containsExactly("Pending", "Firing", "Dropped");
    }
  }

  @Test
  void thatAreGoneAreNoLongerCounted() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.replace(RULES.replace("load:twice", "load:double"), "");
      assertThat(failures(stream, "load:twice")).isNaN();
      assertThat(failures(stream, "load:double")).isZero();
    }
  }

  @Test
  void sendTheNewExpressionAndVersionWithTheirAlerts() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.scrape("web-1", 0, scrape(9));
      String before = stream.alerts().getFirst().rulesVersion();
      stream.replace(RULES.replace("load > on", "load >= on"), "");
      stream.scrape("web-1", 5, scrape(9));
      AlertMessage firing = stream.alerts().getLast();
      assertThat(firing.expression()).startsWith("load >= on");
      assertThat(firing.rulesVersion()).isNotEqualTo(before);
      assertThat(firing.evaluatedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:05.007Z"));
    }
  }
}
