package io.fleetward.service.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
  @Test
  void hasTheseDefaults() {
    assertThat(TrainingSettings.from(Settings.of(Map.of())))
        .isEqualTo(new TrainingSettings(10, Duration.ofDays(1), List.of("role"), 8, 2));
  }

  @Test
  void takesEveryKey() {
    Settings settings =
        Settings.of(
            Map.of(
                "FLEETWARD_TRAINING_CPU_PERCENT", "0",
                "FLEETWARD_TRAINING_INTERVAL", "12h",
                "FLEETWARD_TRAINING_CLASS_LABELS", "role, zone",
                "FLEETWARD_TRAINING_HOSTS_PER_CLASS", "4",
                "FLEETWARD_TRAINING_DAYS", "7"));
    assertThat(TrainingSettings.from(settings))
        .isEqualTo(new TrainingSettings(0, Duration.ofHours(12), List.of("role", "zone"), 4, 7));
    settings.throwIfInvalid();
  }
}
