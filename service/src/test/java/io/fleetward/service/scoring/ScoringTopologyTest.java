package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringTopologyTest {
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
            - alert: LoadIsHigh
              expr: instance:load:max10s > 5
              for: 10s
              labels: { severity: warning }
              annotations: { summary: "load is {{ $value }}" }
            - alert: HostIsAnomalous
              expr: fleetward_anomaly_score > 0.98
              for: 5s
      """;

  private static final String MODELS =
      """
      models:
        - name: host
          score: fleetward_anomaly_score
          detector: k-means
          centroids: 2
          anomalous_at: 0.98
          features:
            - series: instance:load:max10s
              scale_floor: 0.2
            - series: instance:running:avg10s
              scale_floor: 0.5
          train: { settle: 10, after: 40, keep: 128 }
      """;

  @TempDir private Path folder;

  private static Map<String, Double> load(double load, double running) {
    return Map.of("node_load1", load, "node_procs_running", running);
  }

  private static List<String> states(List<AlertMessage> alerts, String name) {
    return alerts.stream()
        .filter(alert -> name.equals(alert.labels().get("alertname")))
        .map(alert -> alert.state().getClass().getSimpleName())
        .toList();
  }

  @Test
  void tellsPendingThenFiringThenResolved() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      for (int second = 0; second < 12; second++) {
        stream.scrape("web-1", second, load(9, 1));
      }
      for (int second = 12; second < 24; second++) {
        stream.scrape("web-1", second, load(1, 1));
      }
      assertThat(states(stream.alerts(), "LoadIsHigh"))
          // fires at 10 s, told again at 15 s and 20 s, resolved when the window has passed
          .containsExactly("Pending", "Firing", "Firing", "Firing", "Resolved");
      assertThat(stream.alerts().getFirst().state())
          .isEqualTo(new State.Pending(StreamUnderTest.START));
    }
  }

  @Test
  void carriesTheBrokersTimeBesideTheHosts() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      stream.scrape("web-1", 0, load(9, 1));
      AlertMessage pending = stream.alerts().getFirst();
      assertThat(pending.newestSampleAt()).isEqualTo(StreamUnderTest.START);
      assertThat(pending.evaluatedAt()).isEqualTo(StreamUnderTest.START.plusMillis(7));
      assertThat(pending.annotations()).containsEntry("summary", "load is 9");
      assertThat(pending.expression()).isEqualTo("instance:load:max10s > 5");
    }
  }

  @Test
  void keepsHostsApart() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      for (int second = 0; second < 12; second++) {
        stream.scrape("web-1", second, load(9, 1));
        stream.scrape("web-2", second, load(1, 1));
      }
      assertThat(stream.alerts()).extracting(AlertMessage::instance).containsOnly("web-1");
    }
  }

  @Test
  void learnsAHostAndThenTellsWhatMadeItAnomalous() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      Random random = new Random(1);
      for (int second = 0; second < 80; second++) {
        stream.scrape("web-1", second, load(1 + 0.2 * random.nextGaussian(), 2));
      }
      assertThat(states(stream.alerts(), "HostIsAnomalous")).isEmpty();
      for (int second = 80; second < 100; second++) {
        stream.scrape("web-1", second, load(4.5, 2));
      }
      AlertMessage firing =
          stream.alerts().stream()
              .filter(alert -> alert.state() instanceof State.Firing)
              .findFirst()
              .orElseThrow();
      assertThat(firing.labels()).containsEntry("alertname", "HostIsAnomalous");
      assertThat(firing.contributions().getFirst().feature()).isEqualTo("instance:load:max10s");
      assertThat(firing.contributions().getFirst().actual()).isEqualTo(4.5);
      assertThat(firing.anomalousSince())
          .isEqualTo(StreamUnderTest.START.plusSeconds(80).plusMillis(7));
    }
  }

  @Test
  void putsWhatItCannotReadAsideAndGoesOn() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      stream.send("web-1", new byte[] {1, 2, 3}, Headers.REMOTE_WRITE_2, StreamUnderTest.START);
      stream.send("web-1", new byte[0], "text/plain", StreamUnderTest.START);
      stream.scrape("web-1", 1, load(9, 1));
      assertThat(stream.deadLetters()).hasSize(2);
      assertThat(
              new String(
                  stream.deadLetters().get(1).headers().lastHeader(Headers.REASON).value(),
                  StandardCharsets.UTF_8))
          .contains("content-type");
      assertThat(states(stream.alerts(), "LoadIsHigh")).containsExactly("Pending");
    }
  }

  @Test
  void refusesSamplesFromFarAheadOfTheBrokersClock() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      stream.scrapeAt("web-1", 3_600, 0, load(9, 1));
      stream.scrape("web-1", 1, load(9, 1));
      assertThat(stream.deadLetters()).hasSize(1);
      assertThat(states(stream.alerts(), "LoadIsHigh")).containsExactly("Pending");
    }
  }

  @Test
  void aRecordWithoutAContentTypeValueDoesNotStopThePartition() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      stream.sendWithoutContentType("web-1", StreamUnderTest.START);
      stream.scrape("web-1", 1, load(9, 1));
      assertThat(stream.deadLetters()).hasSize(1);
      assertThat(states(stream.alerts(), "LoadIsHigh")).containsExactly("Pending");
    }
  }

  @Test
  void aScrapeThatComesInPartsIsWholeAtTheNextTick() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      stream.scrape("web-1", 0, Map.of("node_procs_running", 1.0));
      stream.scrape("web-1", 0, Map.of("node_load1", 9.0));
      stream.takeOver();
      stream.scrape("web-1", 1, Map.of("node_procs_running", 1.0));
      assertThat(states(stream.alerts(), "LoadIsHigh")).containsExactly("Pending");
    }
  }

  @Test
  void aRepeatedRecordChangesNothing() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      stream.scrape("web-1", 0, load(9, 1));
      stream.scrape("web-1", 1, load(9, 1));
      stream.scrape("web-1", 1, load(9, 1));
      stream.scrape("web-1", 0, load(9, 1));
      assertThat(states(stream.alerts(), "LoadIsHigh")).containsExactly("Pending");
    }
  }

  @Test
  void forgetsScrapesThatNoRuleCanSee() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      for (int second = 0; second < 2_000; second++) {
        stream.scrape("web-1", second, load(1, 1));
      }
      assertThat(stream.storedEntries()).isLessThan(1_000);
    }
  }

  /// The same records give the same alerts, whoever owns the host and however often that changes.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aTakeOverAtAnyMomentChangesNothing(long seed) {
    List<AlertMessage> undisturbed = run(seed, false);
    assertThat(undisturbed).isNotEmpty();
    assertThat(transitions(run(seed, true)))
        .as("seed %d", seed)
        .isEqualTo(transitions(undisturbed));
  }

  private List<AlertMessage> run(long seed, boolean disturbed) {
    Random values = new Random(seed);
    Random disturbances = new Random(seed + 100);
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      double load = 1;
      for (int second = 0; second < 240; second++) {
        if (values.nextInt(20) == 0 && second > 80) {
          load = values.nextInt(10);
        }
        stream.scrape("web-1", second, load(load + 0.1 * values.nextGaussian(), 2));
        if (disturbed && disturbances.nextInt(30) == 0) {
          stream.takeOver();
        }
      }
      return List.copyOf(stream.alerts());
    }
  }

  /// Who takes over tells every firing alert again at once; the transitions are what must not
  /// change.
  private static List<List<Object>> transitions(List<AlertMessage> alerts) {
    return alerts.stream()
        .map(alert -> List.<Object>of(alert.labels(), alert.state()))
        .distinct()
        .toList();
  }
}
