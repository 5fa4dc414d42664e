package io.fleetward.service.scoring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.models.faults.FaultFeatures;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.protocol.messages.AlertMessage.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that leaks files, its features as the host pack names them: the kind of fault reaches the
/// alert and is a series that rules read.
class FaultKindsInTheStreamTest {
  private static final List<String> FEATURES = FaultFeatures.series();
  private static final int COUNT = FEATURES.indexOf("instance:node_filefd_allocated:count");
  private static final int GROWTH = FEATURES.indexOf("instance:node_filefd_allocated:deriv30s");
  private static final int FAULT = 220;
  private static final int SECONDS = 320;
  private static final String ALERTS =
      """
        - name: alerts
          rules:
            - alert: Alarm
              expr: stream_alarm == 1
            - alert: Leak
              expr: max_over_time(fault_kind{kind="fd-leak"}[10s]) > 0.5
            - alert: ToldForHalfAMinute
              expr: count_over_time(fault_kind{kind="fd-leak"}[1m]) > 30
            - alert: Told
              expr: fault_kind >= 0
      """;

  @TempDir private Path folder;

  private static String rules() {
    StringBuilder rules = new StringBuilder("groups:\n  - name: features\n    rules:\n");
    for (int i = 0; i < FEATURES.size(); i++) {
      rules.append("      - { record: \"%s\", expr: f%d }\n".formatted(FEATURES.get(i), i));
    }
    return rules + ALERTS;
  }

  private static String models() {
    StringBuilder models =
        new StringBuilder(
            """
            models:
              - name: stream
                score: stream_score
                alarm: stream_alarm
                kinds: fault_kind
                detector: ensemble
                features:
            """);
    FEATURES.forEach(series -> models.append("      - { series: \"%s\" }\n".formatted(series)));
    return models.toString();
  }

  /// Each feature moves a tenth of a unit of its own; from the fault on files are leaked.
  private static Map<String, Double> values(Random random, int second, IntPredicate has) {
    Map<String, Double> values = new HashMap<>();
    for (int i = 0; i < FEATURES.size(); i++) {
      double noise = 0.001 * random.nextGaussian();
      boolean leaking = second >= FAULT && second < FAULT + 40;
      double leak = !leaking ? 0 : i == COUNT ? 6_000 : i == GROWTH ? 300 : 0;
      if (has.test(i)) {
        values.put("f" + i, noise + leak);
      }
    }
    return values;
  }

  private interface Disturbance {
    void after(int second, StreamUnderTest stream);
  }

  private List<AlertMessage> run(IntPredicate has, Disturbance disturbance) {
    Random random = new Random(11);
    try (StreamUnderTest stream = new StreamUnderTest(folder, rules(), models())) {
      for (int second = 0; second < SECONDS; second++) {
        stream.scrape("web-1", second, values(random, second, has));
        disturbance.after(second, stream);
      }
      return new ArrayList<>(stream.alerts());
    }
  }

  private static List<AlertMessage> of(List<AlertMessage> alerts, String name) {
    return alerts.stream().filter(alert -> name.equals(alert.labels().get("alertname"))).toList();
  }

  @Test
  void theKindReachesTheAlertAndIsASeriesAsLongAsTheAnomalyLasts() {
    List<AlertMessage> alerts = run(_ -> true, (_, _) -> {});

    AlertMessage alarm =
        of(alerts, "Alarm").stream()
            .filter(alert -> alert.state() instanceof State.Firing)
            .findFirst()
            .orElseThrow();
    FaultSigns fault = requireNonNull(alarm.fault());
    assertThat(fault.kinds().getFirst().kind()).isEqualTo("fd-leak");
    assertThat(fault.kinds().getFirst().probability()).isGreaterThan(0.8);
    assertThat(fault.reason()).isEmpty();
    assertThat(fault.deviations())
        .extracting(AlertMessage.Contribution::feature)
        .containsExactlyInAnyOrder(FEATURES.get(COUNT), FEATURES.get(GROWTH));
    assertThat(of(alerts, "Leak")).isNotEmpty();
    assertThat(of(alerts, "ToldForHalfAMinute")).isNotEmpty();
    assertThat(of(alerts, "Told"))
        .extracting(alert -> alert.labels().getOrDefault("kind", ""))
        .contains("fd-leak");
    assertThat(of(alerts, "Leak").getLast().state()).isInstanceOf(State.Resolved.class);
    assertThat(of(alerts, "Told").getLast().state()).isInstanceOf(State.Resolved.class);
  }

  @Test
  void aTakeOverAtAnyMomentChangesNothing() {
    long seed = Long.getLong("fleetward.seed", 3);
    Random moments = new Random(seed);

    List<AlertMessage> disturbed =
        run(
            _ -> true,
            (_, stream) -> {
              if (moments.nextInt(25) == 0) {
                stream.takeOver();
              }
            });

    assertThat(told(disturbed))
        .as("fleetward.seed=%d", seed)
        .isEqualTo(told(run(_ -> true, (_, _) -> {})));
  }

  /// Each state of each alert with what was said of the fault when it began; how often that is told
  /// again depends on the owner.
  private static Map<List<Object>, String> told(List<AlertMessage> alerts) {
    Map<List<Object>, String> told = new LinkedHashMap<>();
    alerts.forEach(alert ->
        told.putIfAbsent(
            List.of(new TreeMap<>(alert.labels()), alert.state()), String.valueOf(alert.fault())));
    return told;
  }

  @Test
  void aHostWithoutEnoughOfTheFeaturesHasAnUnknownFault() {
    String models =
        models()
            .lines()
            .filter(line -> !line.contains("series:") || line.contains("filefd"))
            .reduce("", (text, line) -> text + line + "\n");
    Random random = new Random(11);
    try (StreamUnderTest stream = new StreamUnderTest(folder, rules(), models)) {
      for (int second = 0; second < FAULT + 20; second++) {
        stream.scrape("web-1", second, values(random, second, _ -> true));
      }
      FaultSigns fault = requireNonNull(of(stream.alerts(), "Alarm").getFirst().fault());
      assertThat(fault.kinds()).containsExactly(new AlertMessage.KindProbability("unknown", 1));
      assertThat(fault.reason())
          .isEqualTo("2 of the 38 features that kinds are told by have a value");
    }
  }
}
