package io.fleetward.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiSettingsTest {
  @Test
  void listensOnTheLoopbackUnlessTold() {
    Settings settings = Settings.of(Map.of("FLEETWARD_API_TOKENS", "tokens.yaml"));

    assertThat(ApiSettings.from(settings))
        .isEqualTo(new ApiSettings(new ListenAddress("127.0.0.1", 7480), Path.of("tokens.yaml")));
  }

  @Test
  void readsEveryKey() {
    Settings settings =
        Settings.of(
            Map.of("FLEETWARD_API_TOKENS", "/etc/t.yaml", "FLEETWARD_API_LISTEN", "0.0.0.0:80"));

    assertThat(ApiSettings.from(settings))
        .isEqualTo(new ApiSettings(new ListenAddress("0.0.0.0", 80), Path.of("/etc/t.yaml")));
  }

  @Test
  void needsATokensFile() {
    Settings settings = Settings.of(Map.of());
    ApiSettings.from(settings);

    assertThatThrownBy(settings::throwIfInvalid)
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("api.tokens is missing");
  }
}
