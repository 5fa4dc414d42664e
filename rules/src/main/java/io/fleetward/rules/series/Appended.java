package io.fleetward.rules.series;

/// What became of a sample.
public enum Appended {
  STORED,
  /// The same time and the same value as the newest sample: dropped, no harm done.
  REPEATED,
  /// The same time as the newest sample, with another value: dropped.
  DUPLICATE,
  /// Older than the newest sample: dropped.
  OUT_OF_ORDER
}
