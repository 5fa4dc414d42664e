package io.fleetward.rules.histogram;

/// How far a native histogram's observations spread.
public final class Spread {
  private Spread() {}

  /// The variance, each bucket's observations taken to lie in its middle.
  public static double variance(NativeHistogram histogram) {
    double mean = histogram.sum() / histogram.count();
    CompensatedSum squares = new CompensatedSum();
    squares.restart(0);
    for (Bucket bucket : histogram.buckets()) {
      if (bucket.count() != 0) {
        double distance = middle(histogram, bucket) - mean;
        squares.add(bucket.count() * distance * distance);
      }
    }
    return squares.total() / histogram.count();
  }

  private static double middle(NativeHistogram histogram, Bucket bucket) {
    if (histogram.isCustom()) {
      return (bucket.upper() + bucket.lower()) / 2;
    }
    if (bucket.lower() <= 0 && bucket.upper() >= 0) {
      return 0;
    }
    double middle = Math.sqrt(bucket.upper() * bucket.lower());
    return bucket.upper() < 0 ? -middle : middle;
  }
}
