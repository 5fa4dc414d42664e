package io.fleetward.rules.histogram;

import java.math.BigDecimal;
import java.math.MathContext;

/// The bounds of exponential buckets: powers of 2^(2^-schema).
///
/// They are the same on every machine and at every time, which `Math.pow` does not promise.
final class BucketBounds {
  private static final double GREATEST_POWER = 1024;
  private static final int FINEST_SCHEMA = 8;

  /// The powers of two from 0 up to 1 in steps of the finest schema.
  private static final double[] FRACTIONS = fractions();

  private BucketBounds() {}

  private static double[] fractions() {
    MathContext exact = new MathContext(40);
    BigDecimal step = BigDecimal.TWO;
    for (int schema = 0; schema < FINEST_SCHEMA; schema++) {
      step = step.sqrt(exact);
    }
    double[] fractions = new double[1 << FINEST_SCHEMA];
    BigDecimal power = BigDecimal.ONE;
    for (int i = 0; i < fractions.length; i++) {
      fractions[i] = power.doubleValue();
      power = power.multiply(step, exact);
    }
    return fractions;
  }

  /// The bound farther from zero of the bucket with an index. The last bucket before the overflow
  /// bucket ends at the greatest double.
  ///
  /// @param schema at most 8
  static double of(int index, int schema) {
    double power = Math.scalb((double) index, -schema);
    if (power == GREATEST_POWER) {
      return Double.MAX_VALUE;
    }
    int whole = (int) Math.floor(power);
    int fraction = (int) Math.scalb(power - whole, FINEST_SCHEMA);
    return Math.scalb(FRACTIONS[fraction], whole);
  }

  /// The index of the bucket that a bucket falls into when the schema is reduced.
  static int reduced(int index, int fromSchema, int toSchema) {
    return ((index - 1) >> (fromSchema - toSchema)) + 1;
  }
}
