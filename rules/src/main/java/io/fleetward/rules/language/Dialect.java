package io.fleetward.rules.language;

/// Which PromQL is understood.
public enum Dialect {
  /// What Prometheus 3 promises to keep.
  STABLE,
  /// Also what Prometheus has behind feature flags.
  EXPERIMENTAL
}
