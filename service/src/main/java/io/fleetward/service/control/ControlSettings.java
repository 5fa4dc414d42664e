package io.fleetward.service.control;

import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;
import java.time.Duration;

/// Where the control side keeps and finds its things, and how patient it is.
///
/// @param database folder of the embedded database, made if it is not there
/// @param signingKey the service's private key in PEM; the file's name without `.pem` is the key's
///   id, by which hosts know it
/// @param undeterminedAfter how long nothing may be heard of an open incident before that is told
public record ControlSettings(Path database, Path signingKey, Duration undeterminedAfter) {
  public static ControlSettings from(Settings settings) {
    return new ControlSettings(
        settings.path("control.database", Path.of("/var/lib/fleetward/control")),
        settings.path("control.signing-key", Path.of("/etc/fleetward/service.pem")),
        settings.duration("control.undetermined-after", Duration.ofMinutes(15)));
  }
}
