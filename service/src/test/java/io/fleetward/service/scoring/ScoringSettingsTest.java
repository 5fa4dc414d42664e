package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoringSettingsTest {
  @Test
  void hasTheseDefaults() {
    assertThat(ScoringSettings.from(Settings.of(Map.of())))
        .isEqualTo(
            new ScoringSettings(
                "fleetward-scoring", Duration.ofSeconds(5), Duration.ofSeconds(10), 0, 50_000_000));
  }

  @Test
  void takesEveryKey() {
    Settings settings =
        Settings.of(
            Map.of(
                "FLEETWARD_SCORING_APPLICATION_ID", "a",
                "FLEETWARD_SCORING_REFRESH", "9s",
                "FLEETWARD_SCORING_GRACE", "4s",
                "FLEETWARD_SCORING_STANDBY_REPLICAS", "1",
                "FLEETWARD_QUERY_MAX_SAMPLES", "1000"));
    assertThat(ScoringSettings.from(settings))
        .isEqualTo(
            new ScoringSettings("a", Duration.ofSeconds(9), Duration.ofSeconds(4), 1, 1_000));
    settings.throwIfInvalid();
  }
}
