package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A streaming ensemble in the service, beside a K-Means model that reads the same features.
class StreamingModelTest {
  private static final String RULES =
      """
      groups:
        - name: features
          rules:
            - record: instance:load:max10s
              expr: max_over_time(node_load1[10s])
            - record: instance:running:avg10s
              expr: avg_over_time(node_procs_running[10s])
        - name: alerts
          rules:
            - alert: Alarm
              expr: stream_alarm == 1
              for: 5s
            - alert: AlarmsOfHalfAMinute
              expr: sum_over_time(stream_alarm[30s]) >= 12
            - alert: OverTheThreshold
              expr: stream_score >= stream_threshold
            - alert: Scored
              expr: stream_score >= 0 or stream_alarm >= 0
      """;
  private static final String FEATURES =
      """
          features:
            - { series: "instance:load:max10s", scale_floor: 0.2 }
            - { series: "instance:running:avg10s", scale_floor: 0.2 }
      """;
  private static final String STREAM =
      """
        - name: stream
          score: stream_score
          alarm: stream_alarm
          threshold: stream_threshold
          detector: ensemble
          budget: { false_episodes_per_day: 1000 }
      """
          + FEATURES;
  private static final String STEADY =
      """
        - name: steady
          score: steady_score
          detector: k-means
          centroids: 2
          train: { settle: 10, after: 40, keep: 128 }
      """
          + FEATURES;
  private static final String BOTH = "models:\n" + STREAM + STEADY;
  private static final int SECONDS = 420;

  @TempDir private Path folder;

  /// What is done to the stream after a scrape.
  private interface Disturbance {
    void after(int second, StreamUnderTest stream);
  }

  /// What the streaming model said, and what the alerts that read it did.
  private record Run(List<Verdict> verdicts, List<List<Object>> alerts) {}

  private static Map<String, Double> values(Random random, int second) {
    double fault = second >= 300 && second < 330 ? 6 : 0;
    return Map.of(
        "node_load1", 1 + fault + 0.1 * random.nextGaussian(),
        "node_procs_running", 2 + 0.1 * random.nextGaussian());
  }

  private Run run(Disturbance disturbance) {
    Random random = new Random(7);
    List<Verdict> verdicts = new ArrayList<>();
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, BOTH)) {
      for (int second = 0; second < SECONDS; second++) {
        stream.scrape("web-1", second, values(random, second));
        verdicts.add(stream.newestVerdicts("web-1").getFirst());
        disturbance.after(second, stream);
      }
      return new Run(
          verdicts,
          stream.alerts().stream()
              .map(alert -> List.<Object>of(new TreeMap<>(alert.labels()), alert.state()))
              .distinct()
              .toList());
    }
  }

  @Test
  void rulesReadItsScoreAlarmAndThreshold() {
    Run run = run((_, _) -> {});

    assertThat(run.verdicts().get(148)).isEqualTo(Verdict.UNDETERMINED);
    assertThat(run.verdicts().get(149).isKnown()).isTrue();
    assertThat(run.verdicts().get(299).alarm()).isFalse();
    assertThat(run.verdicts().get(305).alarm()).isTrue();
    assertThat(run.alerts().toString())
        .contains("alertname=Alarm,", "AlarmsOfHalfAMinute", "OverTheThreshold", "Scored");
  }

  @Test
  void aTakeOverAtAnyMomentChangesNothing() {
    long seed = Long.getLong("fleetward.seed", 1);
    Random moments = new Random(seed);
    Run disturbed =
        run((_, stream) -> {
          if (moments.nextInt(25) == 0) {
            stream.takeOver();
          }
        });

    assertThat(disturbed).as("fleetward.seed=%d", seed).isEqualTo(run((_, _) -> {}));
  }

  @Test
  void tellsWhatStandsOut() {
    Random random = new Random(7);
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "models:\n" + STREAM)) {
      for (int second = 0; second < 312; second++) {
        stream.scrape("web-1", second, values(random, second));
      }
      AlertMessage firing =
          stream.alerts().stream()
              .filter(alert -> "Alarm".equals(alert.labels().get("alertname")))
              .filter(alert -> alert.state() instanceof State.Firing)
              .findFirst()
              .orElseThrow();
      assertThat(firing.anomalousSince()).isNotNull();
      assertThat(firing.contributions().getFirst().feature()).isEqualTo("instance:load:max10s");
      assertThat(firing.contributions().getFirst().actual()).isGreaterThan(6);
      assertThat(firing.contributions().getFirst().expected()).isBetween(0.5, 2.0);
    }
  }

  @Test
  void anotherDetectorOrOtherFeaturesBeginAnewAndOthersGoOn() {
    Random random = new Random(7);
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, BOTH)) {
      for (int second = 0; second < 199; second++) {
        stream.scrape("web-1", second, values(random, second));
      }
      assertThat(stream.newestVerdicts("web-1")).allMatch(Verdict::isKnown);
      assertThat(lastOf(stream, "Scored")).isEqualTo("Firing");

      String stricter = BOTH.replace("per_day: 1000", "per_day: 10");
      stream.replace(RULES, stricter);
      stream.scrape("web-1", 199, values(random, 199));
      assertThat(stream.newestVerdicts("web-1")).allMatch(Verdict::isKnown);

      String swapped =
          STEADY
              .replace("k-means\n    centroids: 2", "ensemble")
              .replace("    train: { settle: 10, after: 40, keep: 128 }\n", "");
      stream.replace(RULES, "models:\n" + STREAM + swapped);
      stream.scrape("web-1", 200, values(random, 200));
      assertThat(stream.newestVerdicts("web-1").getFirst().isKnown()).isTrue();
      assertThat(stream.newestVerdicts("web-1").getLast()).isEqualTo(Verdict.UNDETERMINED);

      stream.replace(RULES, "models:\n" + STEADY + STREAM.replace("running", "load1"));
      stream.scrape("web-1", 201, values(random, 201));
      // the K-Means model is back, and the other reads another feature, so its score has ended
      assertThat(stream.newestVerdicts("web-1").getFirst().isKnown()).isTrue();
      assertThat(stream.newestVerdicts("web-1").getLast()).isEqualTo(Verdict.UNDETERMINED);
      assertThat(lastOf(stream, "Scored")).isEqualTo("Resolved");
    }
  }

  private static String lastOf(StreamUnderTest stream, String name) {
    return stream.alerts().stream()
        .filter(alert -> name.equals(alert.labels().get("alertname")))
        .toList()
        .getLast()
        .state()
        .getClass()
        .getSimpleName();
  }
}
