package io.fleetward.rules.histogram;

/// The bounds of exponential buckets: powers of 2^(2^-schema).
final class BucketBounds {
  private static final double GREATEST_POWER = 1024;

  private BucketBounds() {}

  /// The bound farther from zero of the bucket with an index. The last bucket before the overflow
  /// bucket ends at the greatest double.
  static double of(int index, int schema) {
    double power = Math.scalb((double) index, -schema);
    if (power == GREATEST_POWER) {
      return Double.MAX_VALUE;
    }
    int whole = (int) Math.floor(power);
    double rest = power - whole;
    return Math.scalb(rest == 0 ? 1 : Math.pow(2, rest), whole);
  }

  /// The index of the bucket that a bucket falls into when the schema is reduced.
  static int reduced(int index, int fromSchema, int toSchema) {
    return ((index - 1) >> (fromSchema - toSchema)) + 1;
  }
}
