package io.fleetward.remediation.incident;

import io.fleetward.protocol.messages.AlertMessage;

/// How bad an alert says it is; the later the severer.
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;

  /// The alert's `severity` label; a warning if it has none of these words.
  public static Severity of(AlertMessage alert) {
    return switch (alert.labels().getOrDefault("severity", "")) {
      case "info", "none" -> INFO;
      case "critical", "page", "emergency" -> CRITICAL;
      default -> WARNING;
    };
  }

  public Severity orWorse(Severity other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
