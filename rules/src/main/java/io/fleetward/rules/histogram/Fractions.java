package io.fleetward.rules.histogram;

import io.fleetward.rules.histogram.Estimate.Remark;

/// How many of a native histogram's observations lie between two values.
public final class Fractions {
  private Fractions() {}

  /// The share of observations between two values, 0 to 1.
  public static Estimate fraction(NativeHistogram histogram, double lower, double upper) {
    if (histogram.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Estimate.of(Double.NaN);
    }
    if (lower >= upper) {
      return Estimate.of(0);
    }
    double most =
        Double.isNaN(histogram.sum()) ? Quantiles.inBuckets(histogram) : histogram.count();
    double between = rank(histogram, upper, most) - rank(histogram, lower, most);
    return new Estimate(
        between / histogram.count(), Quantiles.isSkewed(histogram) ? Remark.EXCLUDED : Remark.NONE);
  }

  /// How many observations lie below a value.
  private static double rank(NativeHistogram histogram, double value, double most) {
    double below = 0;
    for (Bucket bucket : histogram.buckets()) {
      Interpolation within = Interpolation.of(histogram, bucket);
      if (within.lower() >= value) {
        return Math.min(below, most);
      }
      if (within.upper() > value) {
        return Math.min(interpolated(bucket, within, below, value), most);
      }
      below += bucket.count();
    }
    return most;
  }

  private static double interpolated(
      Bucket bucket, Interpolation within, double below, double value) {
    // nobody knows how values spread in a bucket without end
    return Double.isInfinite(within.lower())
        ? bucket.count()
        : below + bucket.count() * within.shareBelow(value);
  }
}
