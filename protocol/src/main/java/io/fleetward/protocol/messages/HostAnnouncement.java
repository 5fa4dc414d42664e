package io.fleetward.protocol.messages;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a host is and what it is willing to do.
///
/// @param hostKey fingerprint of the key that the host signs with; empty if it has none
/// @param labels what the host says about itself (cluster, zone, role, …)
/// @param bootId the kernel's boot id: it changes when the host restarts
/// @param kernel the kernel's release
/// @param agentVersion the agent's version
/// @param actions names of the actions that the host's allow-list permits
/// @param allowListHash SHA-256, in hexadecimal, of the allow-list files
/// @param scrapeInterval how often it reports, in milliseconds
/// @param at when the agent started, in the host's time
/// @param image what the host was installed from, as `/etc/os-release` says; null where nothing
///   does
public record HostAnnouncement(
    String instance,
    String hostKey,
    Map<String, String> labels,
    String bootId,
    String kernel,
    String agentVersion,
    List<String> actions,
    String allowListHash,
    long scrapeInterval,
    Instant at,
    @Nullable String image) {
  public HostAnnouncement {
    labels = Map.copyOf(labels);
    actions = List.copyOf(actions);
  }

  /// One of a host whose image nobody knows.
  public HostAnnouncement(
      String instance,
      String hostKey,
      Map<String, String> labels,
      String bootId,
      String kernel,
      String agentVersion,
      List<String> actions,
      String allowListHash,
      long scrapeInterval,
      Instant at) {
    this(
        instance,
        hostKey,
        labels,
        bootId,
        kernel,
        agentVersion,
        actions,
        allowListHash,
        scrapeInterval,
        at,
        null);
  }
}
