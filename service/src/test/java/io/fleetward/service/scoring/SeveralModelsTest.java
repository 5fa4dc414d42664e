package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Models beside each other: each keeps its own scores, whoever owns the host and whichever comes
/// first in the files.
class SeveralModelsTest {
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
            - alert: LoadIsAnomalous
              expr: load_score > 0.98
            - alert: RunningIsAnomalous
              expr: running_score > 0.98
            - alert: LoadIsScored
              expr: load_score >= 0
      """;
  private static final String LOAD = model("load", "instance:load:max10s");
  private static final String RUNNING = model("running", "instance:running:avg10s");
  private static final String BOTH = "models:\n" + LOAD + RUNNING;
  private static final String SWAPPED = "models:\n" + RUNNING + LOAD;

  @TempDir private Path folder;

  private static String model(String name, String feature) {
    return """
      - name: %s
        score: %s_score
        detector: k-means
        centroids: 2
        features: [{ series: "%s", scale_floor: 0.2 }]
        train: { settle: 10, after: 40, keep: 128 }
    """
        .formatted(name, name, feature);
  }

  /// What is done to the stream after a scrape.
  private interface Disturbance {
    void after(int second, StreamUnderTest stream);
  }

  private List<List<Object>> run(long seed, Disturbance disturbance) {
    Random values = new Random(seed);
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, BOTH)) {
      for (int second = 0; second < 160; second++) {
        double load = second >= 90 && second < 110 ? 6 : 1;
        double running = second >= 125 && second < 140 ? 9 : 2;
        stream.scrape(
            "web-1",
            second,
            Map.of(
                "node_load1", load + 0.1 * values.nextGaussian(),
                "node_procs_running", running + 0.1 * values.nextGaussian()));
        disturbance.after(second, stream);
      }
      return stream.alerts().stream()
          .map(alert -> List.<Object>of(alert.labels(), alert.state()))
          .distinct()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aTakeOverAtAnyMomentChangesNothing(long seed) {
    List<List<Object>> undisturbed = run(seed, (_, _) -> {});
    assertThat(undisturbed.toString()).contains("LoadIsAnomalous", "RunningIsAnomalous");
    Random moments = new Random(seed + 100);
    assertThat(
            run(
                seed,
                (second, stream) -> {
                  // a take-over while a first fit runs only delays that model
                  if (second > 60 && moments.nextInt(15) == 0) {
                    stream.takeOver();
                  }
                }))
        .as("seed %d", seed)
        .isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anotherOrderOfTheModelsChangesNothing(long seed) {
    assertThat(
            run(
                seed,
                (second, stream) -> {
                  if (second % 30 == 29) {
                    stream.replace(RULES, second % 60 == 29 ? SWAPPED : BOTH);
                    stream.takeOver();
                  }
                }))
        .as("seed %d", seed)
        .isEqualTo(run(seed, (_, _) -> {}));
  }

  @Test
  void theScoreOfAModelThatIsGoneEnds() {
    Random values = new Random(1);
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, BOTH)) {
      for (int second = 0; second < 70; second++) {
        stream.scrape(
            "web-1", second, Map.of("node_load1", values.nextDouble(), "node_procs_running", 2.0));
      }
      assertThat(lastOf(stream, "LoadIsScored")).isEqualTo("Firing");
      stream.replace(RULES, "models:\n" + RUNNING);
      stream.scrape("web-1", 70, Map.of("node_load1", 1.0, "node_procs_running", 2.0));
      assertThat(lastOf(stream, "LoadIsScored")).isEqualTo("Resolved");
    }
  }

  private static String lastOf(StreamUnderTest stream, String name) {
    List<AlertMessage> alerts =
        stream.alerts().stream()
            .filter(alert -> name.equals(alert.labels().get("alertname")))
            .toList();
    return alerts.getLast().state().getClass().getSimpleName();
  }
}
