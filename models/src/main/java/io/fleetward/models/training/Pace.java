package io.fleetward.models.training;

/// Slows work down: called every few rows, on the thread that works.
public interface Pace {
  Pace FULL = () -> {};

  /// Comes back when the work may go on; throws to end it.
  void rest();
}
