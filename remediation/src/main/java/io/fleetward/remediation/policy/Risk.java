package io.fleetward.remediation.policy;

/// How much an action can hurt when it is wrong.
public enum Risk {
  /// Restarts or cleans up; nothing is lost.
  LOW,
  /// Kills work that was running.
  MEDIUM,
  /// Reboots, evacuates or fences a host.
  DISRUPTIVE
}
