package io.fleetward.remediation.proposal;

import io.fleetward.protocol.labels.Labels;

/// Which life of the target is meant, so that its successor is left alone. Empty where unknown.
///
/// @param bootId the kernel's boot id
/// @param start the process' start time in clock ticks since boot
public record Incarnation(String bootId, String pid, String start) {
  /// What an alert's labels `boot_id`, `pid` and `start` say.
  public static Incarnation of(Labels alert) {
    return new Incarnation(alert.value("boot_id"), alert.value("pid"), alert.value("start"));
  }
}
