package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a host's next owner knows is what the former one knew.
class HostJournalTest {
  private static final String RULES =
      """
      groups:
        - name: features
          rules:
            - record: instance:load:avg60s
              expr: avg_over_time(node_load1[60s])
            - record: instance:load:avg60s:max90s
              expr: max_over_time(instance:load:avg60s[90s])
            - record: instance:disk:avail
              expr: node_avail
        - name: slow
          interval: 20s
          rules:
            - alert: LoadWasHigh
              expr: instance:load:avg60s:max90s > 5
              for: 30s
            - alert: DiskFills
              expr: deriv(node_avail[2m]) < 0
              for: 10s
            - alert: DiskIsGone
              expr: absent(instance:disk:avail)
            - alert: WasPending
              expr: count_over_time(ALERTS{alertstate="pending"}[1m]) > 3
            - alert: Idle
              expr: node_idle == 1
              for: 40s
              keep_firing_for: 30s
      """;

  @TempDir private Path folder;

  private static Map<String, Double> values(SplittableRandom random, int second) {
    Map<String, Double> values = new HashMap<>();
    values.put("node_load1", 3 + 3 * Math.sin(second / 40.0) + random.nextDouble());
    values.put("node_idle", random.nextInt(30) == 0 ? 0.0 : 1.0);
    values.put("node_constant", 7.0);
    if (random.nextInt(20) > 0) {
      values.put("node_avail", 1e9 - 1e6 * second * (second / 100 % 2));
    }
    if (random.nextInt(8) == 0) {
      values.put("node_process_" + random.nextInt(5), 1.0);
    }
    return values;
  }

  private static List<String> told(StreamUnderTest stream) {
    return stream.alerts().stream()
        .map(alert -> new TreeMap<>(alert.labels()) + " " + alert.state() + what(alert))
        .distinct()
        .toList();
  }

  /// After a take-over the value of an alert is that of its last transition.
  private static String what(AlertMessage alert) {
    return alert.state() instanceof AlertMessage.State.Pending ? " " + alert.value() : "";
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void tellsTheSameWhoeverOwnsTheHost(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (StreamUnderTest undisturbed =
            new StreamUnderTest(Files.createDirectory(folder.resolve("a")), RULES, "");
        StreamUnderTest killed =
            new StreamUnderTest(Files.createDirectory(folder.resolve("b")), RULES, "")) {
      for (int second = 0; second < 400; second += 2) {
        Map<String, Double> values = values(random, second);
        undisturbed.scrape("web-1", second, values);
        if (random.nextInt(20) == 0) {
          killed.takeOver();
        }
        killed.scrape("web-1", second, values);
      }
      assertThat(told(undisturbed)).as("seed %d", seed).hasSizeGreaterThan(8);
      assertThat(told(killed)).as("seed %d", seed).isEqualTo(told(undisturbed));
    }
  }

  @Test
  void keepsNoMoreThanASnapshotAndTheRecordsSince() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      for (int second = 0; second < 600; second++) {
        stream.scrape("web-1", second, Map.of("node_load1", 1.0, "node_avail", 2.0));
      }
      assertThat(stream.storedEntries()).isLessThan(HostJournal.RECORDS + 5);
    }
  }
}
