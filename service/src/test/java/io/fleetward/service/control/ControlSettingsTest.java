package io.fleetward.service.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;
import java.time.Duration;
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
                Path.of("/etc/fleetward/service.pem"),
                Duration.ofMinutes(15)));
  }

  @Test
  void takesEveryKey() {
    Settings settings =
        Settings.of(
            Map.of(
                "FLEETWARD_CONTROL_DATABASE", "d",
                "FLEETWARD_CONTROL_SIGNING_KEY", "k.pem",
                "FLEETWARD_CONTROL_UNDETERMINED_AFTER", "1h"));
    assertThat(ControlSettings.from(settings))
        .isEqualTo(new ControlSettings(Path.of("d"), Path.of("k.pem"), Duration.ofHours(1)));
    settings.throwIfInvalid();
  }

  @Test
  void tellsThatTheSigningKeyIsMissing() {
    ControlSettings settings =
        new ControlSettings(
            folder.resolve("db"), folder.resolve("service.pem"), Duration.ofMinutes(15));
    Problems problems = new Problems();
    assertThat(ControlKeys.read(settings, problems)).isEmpty();
    assertThat(problems.list().stream().map(Problem::toString).toList())
        .hasSize(1)
        .anyMatch(problem -> problem.contains("service.pem: is no readable signing key"));
  }
}
