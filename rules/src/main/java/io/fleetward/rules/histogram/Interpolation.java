package io.fleetward.rules.histogram;

/// Where values lie within a bucket: spread evenly, or, in exponential buckets away from zero, as
/// they would be over ever finer buckets.
///
/// @param isLinear whether values are taken to be spread evenly
record Interpolation(double lower, double upper, boolean isLinear) {
  /// For a bucket of a histogram, with the bucket around zero cut to the side that has others.
  static Interpolation of(NativeHistogram histogram, Bucket bucket) {
    boolean isAroundZero = bucket.lower() <= 0 && bucket.upper() >= 0;
    double lower = bucket.lower();
    double upper = bucket.upper();
    boolean hasNegative = !histogram.negative().isEmpty();
    boolean hasPositive = !histogram.positive().isEmpty();
    if (isAroundZero && !hasNegative && hasPositive) {
      lower = 0;
    } else if (isAroundZero && hasNegative && !hasPositive) {
      upper = 0;
    }
    return new Interpolation(lower, upper, histogram.isCustom() || isAroundZero);
  }

  /// The share of values below one within the bucket, 0 to 1.
  double shareBelow(double value) {
    if (isLinear) {
      return (value - lower) / (upper - lower);
    }
    double atLower = log2(lower);
    double atUpper = log2(upper);
    return (log2(value) - atLower) / (atUpper - atLower);
  }

  /// The value that a share of values lies below.
  double value(double share) {
    if (isLinear) {
      return lower + (upper - lower) * share;
    }
    double value = StrictMath.pow(2, log2(lower) + (log2(upper) - log2(lower)) * share);
    return lower < 0 ? -value : value;
  }

  /// Exact for powers of two, and the same on every machine.
  private static double log2(double value) {
    int whole = Math.getExponent(value);
    double rest = Math.scalb(Math.abs(value), -whole);
    return whole + StrictMath.log(rest) / StrictMath.log(2);
  }
}
