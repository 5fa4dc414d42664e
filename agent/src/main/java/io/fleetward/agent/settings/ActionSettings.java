package io.fleetward.agent.settings;

import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;

/// Where a host keeps what decides over actions.
///
/// @param instance the host's identity
/// @param state the folder of the journal and of outcomes that wait to be sent
/// @param trustedKeys the folder of `KEY-ID.pem` files
/// @param hostKey the host's private key
/// @param actions the folder of the allow-list
/// @param stopFile while it exists nothing is started
/// @param procfs where `/proc` is
/// @param runnerSocket where the unit that acts listens; empty for a runner that is a child of the
///   daemon
public record ActionSettings(
    String instance,
    Path state,
    Path trustedKeys,
    Path hostKey,
    Path actions,
    Path stopFile,
    Path procfs,
    String runnerSocket) {
  static ActionSettings from(Settings settings) {
    Path state = settings.path("agent.state", Path.of("/var/lib/fleetward-agent"));
    Path procfs = settings.path("agent.procfs", Path.of("/proc"));
    Path rootfs = settings.path("agent.rootfs", Path.of("/"));
    return new ActionSettings(
        settings.text("agent.instance", HostIdentity.of(state, rootfs, procfs)),
        state,
        settings.path("agent.trusted-keys", Path.of("/etc/fleetward/trusted-keys")),
        settings.path("agent.host-key", Path.of("/etc/fleetward/host.key")),
        settings.path("agent.actions", Path.of("/etc/fleetward/actions")),
        settings.path("agent.stop-file", Path.of("/etc/fleetward/stop")),
        procfs,
        settings.text("agent.runner-socket", ""));
  }
}
