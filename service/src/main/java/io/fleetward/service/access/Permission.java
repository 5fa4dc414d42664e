package io.fleetward.service.access;

import java.util.Locale;
import java.util.Optional;

/// A kind of request that a role can permit.
public enum Permission {
  /// Look at rules, models, alerts, incidents, remediations, pauses and hosts.
  READ,
  /// Pause and resume; take a version of a model back; say what kind of fault an incident is.
  PAUSE,
  /// Approve and reject remediations.
  DECIDE,
  /// Put changed rules, models, policies and actions in force; ask for training.
  CONFIGURE,
  /// Send metrics of hosts.
  INGEST,
  /// Make tokens by which hosts are enrolled; revoke hosts' keys.
  ENROL;

  /// The permission written as `read`, `pause`, `decide`, `configure`, `ingest` or `enrol`.
  public static Optional<Permission> of(String word) {
    for (Permission permission : values()) {
      if (permission.word().equals(word)) {
        return Optional.of(permission);
      }
    }
    return Optional.empty();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
