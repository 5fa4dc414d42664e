package io.fleetward.service.configuration;

import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;
import java.time.Duration;

/// Where the files of the set in force lie.
///
/// @param rules folder of Prometheus rule files
/// @param models folder of model specifications, folders below it included
/// @param policies folder of policies
/// @param actions folder of the action catalogue
/// @param watch how often to look whether files changed; zero to look only when asked
public record SetFolders(Path rules, Path models, Path policies, Path actions, Duration watch) {
  public static SetFolders from(Settings settings) {
    return new SetFolders(
        settings.path("scoring.rules"),
        settings.path("scoring.models"),
        settings.path("control.policies", Path.of("/etc/fleetward/policies")),
        settings.path("control.actions", Path.of("/etc/fleetward/actions")),
        settings.duration("reload.watch", Duration.ZERO));
  }
}
