package io.fleetward.service.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetFoldersTest {
  @Test
  void needsRulesAndModelsAndHasTheseDefaults() {
    Settings settings = Settings.of(Map.of());
    SetFolders folders = SetFolders.from(settings);
    assertThat(folders.policies()).isEqualTo(Path.of("/etc/fleetward/policies"));
    assertThat(folders.actions()).isEqualTo(Path.of("/etc/fleetward/actions"));
    assertThat(folders.watch()).isZero();
    assertThatThrownBy(settings::throwIfInvalid)
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("scoring.rules is missing")
        .hasMessageContaining("scoring.models is missing");
  }

  @Test
  void takesEveryKey() {
    Settings settings =
        Settings.of(
            Map.of(
                "FLEETWARD_SCORING_RULES", "r",
                "FLEETWARD_SCORING_MODELS", "m",
                "FLEETWARD_CONTROL_POLICIES", "p",
                "FLEETWARD_CONTROL_ACTIONS", "a",
                "FLEETWARD_RELOAD_WATCH", "2s"));
    assertThat(SetFolders.from(settings))
        .isEqualTo(
            new SetFolders(
                Path.of("r"), Path.of("m"), Path.of("p"), Path.of("a"), Duration.ofSeconds(2)));
    settings.throwIfInvalid();
  }
}
