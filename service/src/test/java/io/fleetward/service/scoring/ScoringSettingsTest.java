package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Settings;
import io.fleetward.service.fleet.FleetSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoringSettingsTest {
  @Test
  void hasTheseDefaults() {
    assertThat(ScoringSettings.from(Settings.of(Map.of())))
        .isEqualTo(
            new ScoringSettings(
                "fleetward-scoring",
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                0,
                new FleetSettings(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    Duration.ofDays(7),
                    8),
                50_000_000));
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
                "FLEETWARD_SCORING_FLEET_INTERVAL", "30s",
                "FLEETWARD_SCORING_FLEET_GRACE", "7s",
                "FLEETWARD_SCORING_SILENT_AFTER", "2m",
                "FLEETWARD_SCORING_FORGET_AFTER", "1d",
                "FLEETWARD_SCORING_PEERS_MINIMUM_HOSTS", "6",
                "FLEETWARD_QUERY_MAX_SAMPLES", "1000"));
    assertThat(ScoringSettings.from(settings))
        .isEqualTo(
            new ScoringSettings(
                "a",
                Duration.ofSeconds(9),
                Duration.ofSeconds(4),
                1,
                new FleetSettings(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(7),
                    Duration.ofMinutes(2),
                    Duration.ofDays(1),
                    6),
                1_000));
    settings.throwIfInvalid();
  }
}
