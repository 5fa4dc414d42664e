package io.fleetward.service.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSettingsTest {
  @TempDir Path folder;

  @Test
  void hasTheseDefaults() {
    assertThat(ControlSettings.from(Settings.of(Map.of())))
        .isEqualTo(
            new ControlSettings(
                Path.of("/var/lib/fleetward/control"),
                Path.of("/etc/fleetward/policies"),
                Path.of("/etc/fleetward/actions"),
                Path.of("/etc/fleetward/service.pem"),
                Path.of("/etc/fleetward/host-keys"),
                Duration.ofMinutes(15)));
  }

  @Test
  void takesEveryKey() {
    Settings settings =
        Settings.of(
            Map.of(
                "FLEETWARD_CONTROL_DATABASE", "d",
                "FLEETWARD_CONTROL_POLICIES", "p",
                "FLEETWARD_CONTROL_ACTIONS", "a",
                "FLEETWARD_CONTROL_SIGNING_KEY", "k.pem",
                "FLEETWARD_CONTROL_HOST_KEYS", "h",
                "FLEETWARD_CONTROL_UNDETERMINED_AFTER", "1h"));
    assertThat(ControlSettings.from(settings))
        .isEqualTo(
            new ControlSettings(
                Path.of("d"),
                Path.of("p"),
                Path.of("a"),
                Path.of("k.pem"),
                Path.of("h"),
                Duration.ofHours(1)));
    settings.throwIfInvalid();
  }

  @Test
  void tellsEverythingThatIsMissingAtOnce() {
    ControlSettings settings =
        new ControlSettings(
            folder.resolve("db"),
            folder.resolve("policies"),
            folder.resolve("actions"),
            folder.resolve("service.pem"),
            folder.resolve("host-keys"),
            Duration.ofMinutes(15));
    assertThatThrownBy(() -> ControlFiles.read(settings, _ -> List.of(), InstantSource.system()))
        .isInstanceOf(InvalidConfigurationException.class)
        .message()
        .hasLineCount(4)
        .contains("actions: cannot be listed")
        .contains("policies: cannot be listed")
        .contains("service.pem: is no readable signing key")
        .contains("host-keys: is no readable folder of host keys");
  }
}
