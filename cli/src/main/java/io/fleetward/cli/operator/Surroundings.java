package io.fleetward.cli.operator;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;

/// What a command finds around itself.
///
/// @param zone in which times are shown
public record Surroundings(Map<String, String> environment, Path home, ZoneId zone) {
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(), Path.of(System.getProperty("user.home", ".")), ZoneId.systemDefault());
  }
}
