package io.fleetward.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.engine.AlertInstance.State;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostRulesTest {
  private static final Path PACK = Path.of("packs/host");
  private static final Labels SCORE = series("fleetward_anomaly_score");
  private static final Labels CPU =
      series("fleetward_top_process_cpu_seconds_total", "comm", "burn", "pid", "7", "start", "99");
  private static final Labels INFO =
      series(
          "fleetward_top_process_info",
          "comm",
          "burn",
          "pid",
          "7",
          "start",
          "99",
          "executable",
          "/usr/bin/burn",
          "uid",
          "1000",
          "boot_id",
          "b1");

  private final RuleSet rules =
      RuleFiles.load(List.of(PACK.resolve("features.yaml"), PACK.resolve("alerts.yaml")));
  private final HostRules host = new HostRules(rules, "web-1");

  private static Labels series(String name, String... rest) {
    String[] pairs = new String[rest.length + 4];
    pairs[0] = Labels.METRIC_NAME;
    pairs[1] = name;
    pairs[2] = Labels.INSTANCE;
    pairs[3] = "web-1";
    System.arraycopy(rest, 0, pairs, 4, rest.length);
    return Labels.of(pairs);
  }

  private RoundResult round(long second) {
    RoundResult result = new RoundResult(0, List.of(), List.of(), List.of(), 0);
    for (RuleGroup group : rules.groups()) {
      result = host.evaluate(group, second * 1000);
      assertThat(result.failures()).isEmpty();
    }
    return result;
  }

  private void burn(long second, double score) {
    host.append(host.slot(SCORE), second * 1000, score);
    host.append(host.slot(CPU), second * 1000, second * 0.99);
    host.append(host.slot(INFO), second * 1000, 1);
  }

  @Test
  void aRunawayProcessFiresOnceItsRateHeldForFifteenSecondsAndResolvesWhenItEnds() {
    for (long second = 100; second < 134; second++) {
      burn(second, 0.99);
      round(second);
    }
    List<AlertInstance> alerts = host.alerts();
    assertThat(alerts).hasSize(1);
    assertThat(alerts.getFirst().state()).isEqualTo(State.FIRING);
    assertThat(alerts.getFirst().labels())
        .containsEntry("alertname", "HostProcessRunawayCpu")
        .containsEntry("executable", "/usr/bin/burn")
        .containsEntry("uid", "1000")
        .containsEntry("boot_id", "b1")
        .containsEntry("comm", "burn")
        .containsEntry("severity", "warning");
    host.append(host.slot(SCORE), 134_000, 0.99);
    host.append(host.slot(CPU), 134_000, StaleMarker.VALUE);
    host.append(host.slot(INFO), 134_000, StaleMarker.VALUE);
    RoundResult result = round(134);
    assertThat(result.transitions()).hasSize(1);
    assertThat(result.transitions().getFirst().state()).isEqualTo(State.RESOLVED);
    assertThat(result.firing()).isEmpty();
  }

  @Test
  void aDipOfTheScoreDoesNotResolveTheAlert() {
    for (long second = 100; second < 140; second++) {
      burn(second, second % 10 == 0 ? 0.99 : 0.5);
      round(second);
    }
    assertThat(host.alerts()).extracting(AlertInstance::state).containsExactly(State.FIRING);
  }

  @Test
  void nothingFiresWithoutAScore() {
    for (long second = 100; second < 140; second++) {
      host.append(host.slot(CPU), second * 1000, (double) second);
      host.append(host.slot(INFO), second * 1000, 1);
      round(second);
    }
    assertThat(host.alerts()).isEmpty();
  }

  @Test
  void recordsFeaturesThatDetectorsRead() {
    for (long second = 100; second < 130; second++) {
      burn(second, 0.1);
      round(second);
    }
    Labels feature = series("instance:fleetward_top_process_cpu:max_rate30s");
    assertThat(host.newest(feature, 129_000))
        .isCloseTo(0.99, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void restoredAlertsGoOnWhereTheyWere() {
    for (long second = 100; second < 125; second++) {
      burn(second, 0.99);
      round(second);
    }
    HostRules reborn = new HostRules(rules, "web-1");
    reborn.restoreAlerts(host.alerts());
    for (long second = 100; second < 134; second++) {
      reborn.append(reborn.slot(SCORE), second * 1000, 0.99);
      reborn.append(reborn.slot(CPU), second * 1000, second * 0.99);
      reborn.append(reborn.slot(INFO), second * 1000, 1);
      if (second >= 125) {
        reborn.evaluate(rules.groups().getLast(), second * 1000);
      }
    }
    assertThat(reborn.alerts()).extracting(AlertInstance::state).containsExactly(State.FIRING);
    assertThat(reborn.alerts().getFirst().activeAt().toEpochMilli()).isEqualTo(118_000);
  }
}
