package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hosts of a class against each other, through both stages.
class PeersInTheStreamTest {
  private static final String RULES =
      """
      groups:
        - name: features
          rules:
            - { record: "instance:heat", expr: "heat" }
        - name: peers
          rules:
            - { alert: UnlikePeers, expr: "fleetward_peer_score > 0.98" }
            - { alert: FarOff, expr: 'fleetward_peer_deviation{feature="instance:heat"} > 5' }
            - { alert: FewCompared, expr: "fleetward_peer_hosts < 9" }
      """;

  private static final String MODELS =
      """
      models:
        - name: heat
          score: heat_score
          detector: k-means
          centroids: 2
          features: [{ series: "instance:heat", scale_floor: 1 }]
          train: { settle: 10, after: 40, keep: 128 }
      """;

  @TempDir private Path folder;

  /// Sends one scrape of each of nine hosts, the last of which has another value.
  private static void round(StreamUnderTest stream, int second, double odd) {
    for (int host = 1; host <= 9; host++) {
      double heat = host == 9 ? odd : 50 + host;
      stream.scrape("web-" + host, second, Map.of("heat", heat));
    }
  }

  private static List<String> firing(StreamUnderTest stream) {
    return stream.alerts().stream()
        .filter(alert -> alert.state() instanceof AlertMessage.State.Firing)
        .map(alert -> alert.labels().get("alertname") + " " + alert.instance())
        .distinct()
        .toList();
  }

  @Test
  void tellAHostThatIsUnlikeTheOthers() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      for (int second = 0; second <= 60; second += 10) {
        round(stream, second, 95);
      }
      assertThat(firing(stream)).containsExactlyInAnyOrder("UnlikePeers web-9", "FarOff web-9");
    }
  }

  @Test
  void sayNothingMoreWhenThereIsNothingToCompare() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, MODELS)) {
      for (int second = 0; second <= 60; second += 10) {
        round(stream, second, 95);
      }
      stream.takeOver();
      // the others say nothing any more, and soon there are too few to compare
      for (int second = 70; second <= 200; second += 10) {
        stream.scrape("web-9", second, Map.of("heat", 95.0));
      }
      AlertMessage last =
          stream.alerts().stream()
              .filter(alert -> "UnlikePeers".equals(alert.labels().get("alertname")))
              .filter(alert -> alert.state() instanceof AlertMessage.State.Resolved)
              .findFirst()
              .orElseThrow();
      assertThat(last.instance()).isEqualTo("web-9");
    }
  }

  @Test
  void whoIsNotHeardOfForLongIsForgottenWithItsState() {
    String rules = RULES + "      - { alert: Hot, expr: \"heat > 90\" }\n";
    try (StreamUnderTest stream = new StreamUnderTest(folder, rules, "")) {
      stream.scrape("web-1", 0, Map.of("heat", 95.0));
      stream.scrape("web-2", 0, Map.of("heat", 5.0));
      int before = stream.storedEntries();
      int later = (int) Duration.ofDays(8).toSeconds();
      stream.scrape("web-2", later, Map.of("heat", 5.0));
      stream.passes(Duration.ofMinutes(6));
      assertThat(stream.alerts().getLast().state()).isInstanceOf(AlertMessage.State.Dropped.class);
      assertThat(stream.alerts().getLast().instance()).isEqualTo("web-1");
      assertThat(stream.storedEntries()).isLessThan(before);
    }
  }
}
