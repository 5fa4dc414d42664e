package io.fleetward.rules.histogram;

import java.util.TreeMap;
import java.util.function.IntFunction;

/// What is left of a histogram when all observations on one side of a value are taken away. Used
/// once, by one thread.
///
/// A bucket that the value cuts keeps its share; the sum is estimated anew from the middles of what
/// is left. Where nothing has to go, the histogram stays as it is.
public final class Trimming {
  private final NativeHistogram histogram;
  private final double cut;
  private final boolean keepsBelow;
  private double count;
  private double sum;
  private boolean isChanged;

  private Trimming(NativeHistogram histogram, double cut, boolean keepsBelow) {
    this.histogram = histogram;
    this.cut = cut;
    this.keepsBelow = keepsBelow;
  }

  /// Without what is greater than a value.
  public static NativeHistogram below(NativeHistogram histogram, double cut) {
    return new Trimming(histogram, cut, true).trimmed();
  }

  /// Without what is less than a value.
  public static NativeHistogram above(NativeHistogram histogram, double cut) {
    return new Trimming(histogram, cut, false).trimmed();
  }

  private NativeHistogram trimmed() {
    Buckets positive = kept(histogram.positive(), histogram::positiveBucket);
    Buckets negative = kept(histogram.negative(), histogram::negativeBucket);
    double zeroCount = histogram.zeroCount() > 0 ? keptAroundZero() : histogram.zeroCount();
    if (!isChanged) {
      return histogram;
    }
    return new NativeHistogram(
        histogram.schema(),
        histogram.zeroThreshold(),
        zeroCount,
        count,
        sum,
        positive.compacted(),
        negative.compacted(),
        histogram.bounds(),
        histogram.hint());
  }

  private double keptAroundZero() {
    Interpolation around = Interpolation.of(histogram.compacted(), histogram.zeroBucket());
    if (keepsBelow && around.lower() >= cut) {
      isChanged = true;
      return 0;
    }
    return kept(new Bucket(around.lower(), around.upper(), histogram.zeroCount()), true);
  }

  private Buckets kept(Buckets buckets, IntFunction<Bucket> bounded) {
    TreeMap<Integer, Double> left = new TreeMap<>();
    for (int i = 0; i < buckets.size(); i++) {
      left.put(buckets.index(i), kept(bounded.apply(i), histogram.isCustom()));
    }
    return Buckets.of(left);
  }

  /// How much of a bucket is left; adds it to the totals.
  private double kept(Bucket bucket, boolean isLinear) {
    if (bucket.count() == 0) {
      return 0;
    }
    boolean isWhole = keepsBelow ? bucket.upper() <= cut : bucket.lower() >= cut;
    boolean isCut = bucket.lower() < cut && cut < bucket.upper();
    double left = isWhole ? bucket.count() : isCut ? keptOfCut(bucket, isLinear) : 0;
    double lower = isCut && !keepsBelow ? cut : bucket.lower();
    double upper = isCut && keepsBelow ? cut : bucket.upper();
    isChanged |= left != bucket.count();
    count += left;
    sum += left == 0 ? 0 : left * middle(lower, upper, isLinear);
    return left;
  }

  private double keptOfCut(Bucket bucket, boolean isLinear) {
    boolean isOpenBelow = Double.isInfinite(bucket.lower());
    boolean isOpenAbove = Double.isInfinite(bucket.upper());
    if (!isOpenBelow && !isOpenAbove) {
      double below = new Interpolation(bucket.lower(), bucket.upper(), isLinear).shareBelow(cut);
      return bucket.count() * (keepsBelow ? below : 1 - below);
    }
    if (isOpenBelow && isOpenAbove) {
      return 0;
    }
    if (isOpenAbove) {
      return keepsBelow ? 0 : bucket.count();
    }
    if (bucket.upper() > 0) {
      double below = Math.max(0, cut) / bucket.upper();
      return keepsBelow ? bucket.count() * below : cut >= 0 ? bucket.count() * (1 - below) : 0;
    }
    return keepsBelow ? bucket.count() : 0;
  }

  private double middle(double lower, double upper, boolean isLinear) {
    if (Double.isInfinite(lower)) {
      return Double.isInfinite(upper) ? 0 : upper > 0 ? upper / 2 : upper;
    }
    if (Double.isInfinite(upper)) {
      return lower;
    }
    if (isLinear) {
      return (lower + upper) / 2;
    }
    double middle = Math.sqrt(Math.abs(lower * upper));
    return upper <= 0 ? -middle : middle;
  }
}
