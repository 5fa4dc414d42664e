package io.fleetward.rules.evaluation;

/// The buckets of one classic histogram at one time: upper bounds in ascending order with counts of
/// all observations up to them. Confined to one thread, used again.
final class ClassicBuckets {
  /// Differences this small against the count are taken for rounding.
  private static final double ROUNDING = 1e-12;

  private final double[] bounds;
  private final double[] counts;
  private int size;
  private double leastMended;
  private double greatestMended;
  private double greatestFall;

  ClassicBuckets(int capacity) {
    bounds = new double[capacity];
    counts = new double[capacity];
  }

  void restart() {
    size = 0;
    greatestFall = 0;
  }

  /// Adds a bucket; bounds come in ascending order, and the same bound twice adds up.
  void add(double bound, double count) {
    if (size > 0 && bounds[size - 1] == bound) {
      counts[size - 1] += count;
      return;
    }
    bounds[size] = bound;
    counts[size] = count;
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Whether the last [#quantile] had to raise counts because they fell.
  boolean isMended() {
    return greatestFall > 0;
  }

  /// The least bound of the buckets whose counts were raised.
  double leastMended() {
    return leastMended;
  }

  double greatestMended() {
    return greatestMended;
  }

  /// How much a count was less than the one before.
  double greatestFall() {
    return greatestFall;
  }

  private boolean endsAtInfinity() {
    return size > 0 && bounds[size - 1] == Double.POSITIVE_INFINITY;
  }

  double quantile(double quantile) {
    greatestFall = 0;
    if (Double.isNaN(quantile)) {
      return Double.NaN;
    }
    if (quantile < 0 || quantile > 1) {
      return quantile < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!endsAtInfinity()) {
      return Double.NaN;
    }
    mendCounts();
    double observations = counts[size - 1];
    if (size < 2 || observations == 0) {
      return Double.NaN;
    }
    double rank = quantile * observations;
    int bucket = 0;
    while (bucket < size - 1 && counts[bucket] < rank) {
      bucket++;
    }
    if (bucket == size - 1) {
      return bounds[size - 2];
    }
    if (bucket == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double lower = bucket == 0 ? 0 : bounds[bucket - 1];
    double below = bucket == 0 ? 0 : counts[bucket - 1];
    return lower + (bounds[bucket] - lower) * ((rank - below) / (counts[bucket] - below));
  }

  /// Makes counts rise: tiny differences are levelled, falls are filled up.
  private void mendCounts() {
    leastMended = Double.POSITIVE_INFINITY;
    greatestMended = Double.NEGATIVE_INFINITY;
    greatestFall = 0;
    for (int i = 1; i < size; i++) {
      double previous = counts[i - 1];
      double fall = previous - counts[i];
      boolean isRounding = Math.abs(fall) < ROUNDING * (Math.abs(previous) + Math.abs(counts[i]));
      if (fall > 0 && !isRounding) {
        leastMended = Math.min(leastMended, bounds[i]);
        greatestMended = Math.max(greatestMended, bounds[i]);
        greatestFall = Math.max(greatestFall, fall);
      }
      counts[i] = fall > 0 || isRounding ? previous : counts[i];
    }
  }

  /// The share of observations between two values.
  double fraction(double lower, double upper) {
    if (!endsAtInfinity()) {
      return Double.NaN;
    }
    double observations = counts[size - 1];
    if (observations == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    return lower >= upper ? 0 : (rank(upper) - rank(lower)) / observations;
  }

  /// How many observations lie up to a value, interpolated within its bucket.
  private double rank(double value) {
    double observations = counts[size - 1];
    for (int i = 0; i < size; i++) {
      double lower = i == 0 ? Double.NEGATIVE_INFINITY : bounds[i - 1];
      double below = i == 0 ? 0 : counts[i - 1];
      if (lower >= value) {
        return Math.min(below, observations);
      }
      if (bounds[i] > value) {
        return Math.min(below + (counts[i] - below) * share(i, lower, value), observations);
      }
    }
    return observations;
  }

  /// Where a value lies within a bucket, 0 to 1.
  private double share(int bucket, double lower, double value) {
    double upper = bounds[bucket];
    double start = bucket == 0 && upper > 0 ? Math.min(0, value) : lower;
    if (bucket == 0 && upper > 0 && value <= 0) {
      return 0;
    }
    if (Double.isInfinite(start) || Double.isInfinite(upper)) {
      return Double.isInfinite(upper) ? 0 : 1;
    }
    return (value - start) / (upper - start);
  }
}
