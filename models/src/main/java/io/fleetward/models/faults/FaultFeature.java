package io.fleetward.models.faults;

/// A feature that faults are told apart by.
///
/// @param series the metric name of the recording rule that makes it
/// @param unit the smallest deviation that means anything, in the feature's own unit; negative if
///   faults lower the feature
record FaultFeature(String series, double unit) {
  /// Deviations of 1,024 units and more are all alike.
  private static final double MOST_DOUBLINGS = 10;

  /// How far a value is from what is usual, in units and in the direction of faults; 0 where either
  /// is unknown.
  double deviation(double actual, double expected) {
    double deviation = (actual - expected) / unit;
    return Double.isFinite(deviation) ? deviation : 0;
  }

  /// What the classifier reads of a deviation: 0 within one unit and on the side where no fault is,
  /// then a tenth for each doubling, up to 1.
  static double squashed(double deviation) {
    double doublings = Math.log(Math.max(1, deviation)) / Math.log(2);
    return Math.min(doublings, MOST_DOUBLINGS) / MOST_DOUBLINGS;
  }
}
