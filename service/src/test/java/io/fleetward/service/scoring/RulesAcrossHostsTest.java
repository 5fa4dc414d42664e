package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.service.desk.RuleView;
import io.fleetward.service.desk.RuleView.Health;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules that look across hosts, through both stages. Ticks are 10 s apart, and one is evaluated
/// once the metrics topic has come 10 s further.
class RulesAcrossHostsTest {
  private static final String RULES =
      """
      groups:
        - name: fleet
          rules:
            - record: fleet:load:avg
              expr: avg(load)
            - record: host:load:ratio
              expr: load / on () group_left () fleet:load:avg
            - alert: FleetLoadHigh
              expr: fleet:load:avg > 5
              for: 10s
              annotations: { summary: "{{ $value }} on average" }
        - name: outliers
          rules:
            - alert: LoadUnlikeOthers
              expr: host:load:ratio > 2
      """;

  private static final String SILENCE =
      """
      groups:
        - name: silence
          rules:
            - alert: HostSilent
              expr: fleetward_host_up == 0
      """;

  @TempDir private Path folder;

  private static void round(StreamUnderTest stream, int second, double... loads) {
    for (int host = 0; host < loads.length; host++) {
      stream.scrape("web-" + (host + 1), second, Map.of("load", loads[host]));
    }
  }

  private static List<String> told(StreamUnderTest stream) {
    return stream.alerts().stream().map(RulesAcrossHostsTest::text).toList();
  }

  private static String text(AlertMessage alert) {
    return "%s %s %s at %d"
        .formatted(
            alert.labels().get("alertname"),
            alert.labels().getOrDefault("instance", "everywhere"),
            alert.state().getClass().getSimpleName(),
            Duration.between(StreamUnderTest.START, alert.evaluatedAt()).toSeconds());
  }

  private static RuleView.Alerting alerting(StreamUnderTest stream, int position) {
    return (RuleView.Alerting) stream.views().groups().getFirst().rules().get(position);
  }

  @Test
  void areEvaluatedOnceEveryPartitionHasComeBeyondTheGrace() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      round(stream, 0, 1, 2, 3);
      round(stream, 10, 6, 7, 8);
      assertThat(alerting(stream, 2).health()).isEqualTo(Health.UNKNOWN);
      assertThat(alerting(stream, 2).lastError()).startsWith("not evaluated here so far");
      assertThat(told(stream)).isEmpty();
      round(stream, 20, 6, 7, 8);
      assertThat(told(stream)).containsExactly("FleetLoadHigh everywhere Pending at 10");
      assertThat(alerting(stream, 2).health()).isEqualTo(Health.OK);
      assertThat(alerting(stream, 2).state()).isEqualTo("pending");
      round(stream, 30, 1, 2, 3);
      round(stream, 40, 1, 2, 3);
      assertThat(told(stream))
          .containsExactly(
              "FleetLoadHigh everywhere Pending at 10",
              "FleetLoadHigh everywhere Firing at 20",
              "FleetLoadHigh everywhere Resolved at 30");
      AlertMessage firing = stream.alerts().get(1);
      assertThat(firing.instance()).isEqualTo("rule group fleet");
      assertThat(firing.value()).isEqualTo(7);
      assertThat(firing.annotations()).containsEntry("summary", "7 on average");
      assertThat(firing.state())
          .isEqualTo(
              new State.Firing(
                  StreamUnderTest.START.plusSeconds(10), StreamUnderTest.START.plusSeconds(20)));
    }
  }

  @Test
  void readWhatOtherGroupsAcrossHostsRecordInTheSameTick() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      round(stream, 0, 1, 1, 1, 1, 1);
      round(stream, 10, 1, 1, 1, 1, 6);
      round(stream, 20, 1, 1, 1, 1, 1);
      round(stream, 30, 1, 1, 1, 1, 1);
      assertThat(told(stream))
          .containsExactly(
              "LoadUnlikeOthers web-5 Pending at 10",
              "LoadUnlikeOthers web-5 Firing at 10",
              "LoadUnlikeOthers web-5 Resolved at 20");
      assertThat(stream.alerts().getFirst().value()).isEqualTo(3);
    }
  }

  @Test
  void goOnExactlyAfterATakeOver() {
    List<String> undisturbed;
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES + tail(SILENCE), "")) {
      play(stream, false);
      undisturbed = told(stream);
    }
    assertThat(undisturbed).hasSizeGreaterThan(10);
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES + tail(SILENCE), "")) {
      play(stream, true);
      assertThat(transitions(told(stream))).isEqualTo(transitions(undisturbed));
    }
  }

  /// What is told again after a take-over is told again at once, and later at other times.
  private static List<String> transitions(List<String> told) {
    return told.stream().distinct().toList();
  }

  private static String tail(String rules) {
    return rules.substring(rules.indexOf("  - name"));
  }

  private static void play(StreamUnderTest stream, boolean isDisturbed) {
    for (int second = 0; second <= 300; second += 10) {
      double load = second % 100 < 50 ? 9 : 1;
      if (second < 100 || second > 200) {
        round(stream, second, load, load, 40);
      } else {
        round(stream, second, load, load);
      }
      if (isDisturbed && second % 30 == 0) {
        stream.takeOver();
      }
    }
  }

  @Test
  void giveTheirResultsBackToTheHost() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      round(stream, 0, 1, 1, 1, 1, 1);
      round(stream, 10, 1, 1, 1, 1, 6);
      int before = stream.storedEntries();
      round(stream, 20, 1, 1, 1, 1, 1);
      // five scrapes and what the tick at 10 s recorded of five hosts
      assertThat(stream.storedEntries() - before).isEqualTo(10);
      stream.takeOver();
      round(stream, 30, 1, 1, 1, 1, 1);
      assertThat(told(stream)).contains("LoadUnlikeOthers web-5 Resolved at 20");
    }
  }

  @Test
  void sayWhichHostsAreSilentAlsoWhenAllAre() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, SILENCE, "")) {
      for (int second = 0; second <= 120; second += 10) {
        round(stream, second, second < 40 ? new double[] {1, 1} : new double[] {1});
      }
      assertThat(told(stream))
          .containsSubsequence("HostSilent web-2 Pending at 100", "HostSilent web-2 Firing at 100");
      assertThat(stream.alerts())
          .noneMatch(alert -> "web-1".equals(alert.labels().get("instance")));
      // this machine's clock stood at the start until now
      stream.passes(Duration.ofSeconds(125));
      for (int second = 130; second <= 240; second += 10) {
        stream.passes(Duration.ofSeconds(10));
      }
      assertThat(told(stream)).contains("HostSilent web-1 Firing at 190");
    }
  }

  @Test
  void endWithTheirAlertsWhenTheyAreNoLongerInForce() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      round(stream, 0, 9, 9);
      round(stream, 10, 9, 9);
      round(stream, 20, 9, 9);
      round(stream, 30, 9, 9);
      assertThat(told(stream)).contains("FleetLoadHigh everywhere Firing at 20");
      stream.replace(SILENCE, "");
      round(stream, 40, 9, 9);
      assertThat(told(stream)).last().isEqualTo("FleetLoadHigh everywhere Dropped at 20");
      assertThat(stream.views().alerts()).isEmpty();
    }
  }

  @Test
  void keepTheirAlertsWhenOtherRulesChange() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      round(stream, 0, 9, 9);
      round(stream, 10, 9, 9);
      round(stream, 20, 9, 9);
      stream.replace(RULES.replace("ratio > 2", "ratio > 3"), "");
      round(stream, 30, 9, 9);
      assertThat(told(stream))
          .containsExactly(
              "FleetLoadHigh everywhere Pending at 10", "FleetLoadHigh everywhere Firing at 20");
      Instant since = StreamUnderTest.START.plusSeconds(10);
      assertThat(stream.alerts().getLast().state().activeAt()).isEqualTo(since);
    }
  }

  @Test
  void keepOnlyWhatTheyCanStillSee() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      for (int second = 0; second <= 900; second += 10) {
        round(stream, second, 1, 2);
      }
      int entries = stream.componentEntries();
      round(stream, 910, 1, 2);
      round(stream, 920, 1, 2);
      assertThat(stream.componentEntries()).isEqualTo(entries);
    }
  }
}
