package io.fleetward.models.stream;

/// What the time of a row is.
public enum Times {
  /// Seconds since 1970; rows may come at irregular times.
  SECONDS,

  /// The number of the row, from 0, training rows included: rows are equally spaced, nobody knows
  /// how far apart.
  ROWS
}
