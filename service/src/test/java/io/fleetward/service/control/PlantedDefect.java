package io.fleetward.service.control;

import io.fleetward.remediation.guard.Guards;
import java.util.List;

/// A part that is missing on purpose: the model has to notice.
enum PlantedDefect {
  NOTHING_IS_WRONG("", "", true),
  NO_GUARD_OF_FRESHNESS("I5", "freshness", true),
  HOSTS_FORGET_NONCES("I6", "", false),
  NO_GUARD_OF_ATTEMPTS("I7", "attempts", true),
  NO_GUARD_OF_PAUSES("I10", "pause", true),
  NO_GUARD_OF_ACTIONS_UNDER_WAY("I11", "under-way", true),
  NO_GUARD_OF_APPROVALS("I14", "approval", true);

  private final String invariant;
  private final String missingGuard;
  private final boolean hostsRememberNonces;

  PlantedDefect(String invariant, String missingGuard, boolean hostsRememberNonces) {
    this.invariant = invariant;
    this.missingGuard = missingGuard;
    this.hostsRememberNonces = hostsRememberNonces;
  }

  /// The invariant that it breaks, such as `I5`.
  String invariant() {
    return invariant;
  }

  Guards guards() {
    return new Guards(
        Guards.standard().all().stream()
            .filter(guard -> !guard.name().equals(missingGuard))
            .toList());
  }

  boolean hostsRememberNonces() {
    return hostsRememberNonces;
  }

  static List<PlantedDefect> all() {
    return List.of(values()).subList(1, values().length);
  }
}
