package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.rules.evaluation.EvaluationSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastsInTheStreamTest {
  private static final String RULES =
      """
      groups:
        - name: rooms
          rules:
            - record: fleetward_room
              expr: free_bytes
              labels: {resource: space}
        - name: alerts
          rules:
            - alert: WillFill
              expr: fleetward_exhaustion_seconds{bound="upper"} < 3600
              for: 1m
            - alert: HorizonKnown
              expr: fleetward_exhaustion_horizon_seconds > 0
              for: 1m
      """;

  @TempDir private Path folder;

  /// What is left falls by 1 each second, with a ripple.
  private static double left(int second) {
    return 4000 - second + 3 * Math.sin(second);
  }

  private static List<String> told(StreamUnderTest stream) {
    return stream.alerts().stream()
        .filter(alert -> alert.state() instanceof AlertMessage.State.Firing)
        .map(alert ->
            "%s %s %.9f"
                .formatted(
                    alert.labels().get("alertname"),
                    alert.labels().getOrDefault("resource", "?"),
                    alert.value()))
        .distinct()
        .toList();
  }

  @Test
  void aRuleOnTheUpperBoundFiresWhenExhaustionIsCertainEnough() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      for (int second = 0; second <= 3000; second += 10) {
        stream.scrape("a", second, Map.of("free_bytes", left(second)));
      }

      assertThat(told(stream)).anyMatch(line -> line.startsWith("WillFill space"));
    }
  }

  @Test
  void aSteadyResourceRaisesNothing() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      for (int second = 0; second <= 3000; second += 10) {
        stream.scrape("a", second, Map.of("free_bytes", 4000 + 3 * Math.sin(second)));
      }

      assertThat(told(stream)).isNotEmpty().allMatch(line -> line.startsWith("HorizonKnown"));
    }
  }

  @Test
  void aTakeOverChangesNothing() {
    try (StreamUnderTest straight = new StreamUnderTest(folder, RULES, "");
        StreamUnderTest taken = new StreamUnderTest(folder, RULES, "")) {
      for (int second = 0; second <= 3000; second += 10) {
        straight.scrape("a", second, Map.of("free_bytes", left(second)));
        taken.scrape("a", second, Map.of("free_bytes", left(second)));
        if (second % 670 == 0) {
          taken.takeOver();
        }
      }

      assertThat(told(straight)).isNotEmpty();
      assertThat(taken.alerts()).isEqualTo(straight.alerts());
    }
  }

  @Test
  void aResourceThatIsGoneEndsItsSeries() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      for (int second = 0; second <= 3000; second += 10) {
        stream.scrape("a", second, Map.of("free_bytes", left(second)));
      }
      for (int second = 3010; second <= 3500; second += 10) {
        stream.scrape("a", second, Map.of("other", 1.0));
      }

      AlertMessage last =
          stream.alerts().stream()
              .filter(alert -> "WillFill".equals(alert.labels().get("alertname")))
              .reduce((_, later) -> later)
              .orElseThrow();
      assertThat(last.state()).isInstanceOf(AlertMessage.State.Resolved.class);
    }
  }

  @Test
  void moreResourcesThanMayBeReadStopNothingElse() {
    String rules =
        """
        groups:
          - name: alerts
            rules:
              - alert: Up
                expr: up == 1
        """;
    EvaluationSettings one = EvaluationSettings.standard().withMaxSamples(1);
    try (StreamUnderTest stream =
        new StreamUnderTest(folder, rules, "", ClassMembership.NONE, one)) {
      stream.scrapeTwice("a", 0, "fleetward_room", 5);
      stream.scrape("a", 20, Map.of("up", 1.0));

      assertThat(stream.alerts()).anyMatch(alert -> "Up".equals(alert.labels().get("alertname")));
    }
  }
}
