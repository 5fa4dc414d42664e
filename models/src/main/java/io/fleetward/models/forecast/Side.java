package io.fleetward.models.forecast;

/// Which of the three numbers of an interval.
public enum Side {
  /// The earliest exhaustion; the least room.
  LEAST,
  EXPECTED,
  /// The latest exhaustion; the most room.
  MOST
}
