package io.fleetward.service.api;

import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;

/// Where the API listens and who may use it.
///
/// @param listen `api.listen`; port 0 takes a free one
/// @param tokens `api.tokens`, the tokens file
public record ApiSettings(ListenAddress listen, Path tokens) {
  static final ListenAddress DEFAULT_LISTEN = new ListenAddress("127.0.0.1", 7480);

  public static ApiSettings from(Settings settings) {
    return new ApiSettings(
        settings.address("api.listen", DEFAULT_LISTEN), settings.path("api.tokens"));
  }
}
