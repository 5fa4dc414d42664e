package io.fleetward.rules.histogram;

import io.fleetward.rules.histogram.Estimate.Remark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Quantiles of native histograms.
public final class Quantiles {
  private Quantiles() {}

  public static Estimate quantile(NativeHistogram histogram, double quantile) {
    if (quantile < 0 || quantile > 1) {
      return Estimate.of(quantile < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    if (histogram.count() == 0 || Double.isNaN(quantile)) {
      return Estimate.of(Double.NaN);
    }
    // observations that are no numbers are in no bucket, so counting has to start below them
    boolean fromBelow = Double.isNaN(histogram.sum()) || quantile < 0.5;
    List<Bucket> buckets = new ArrayList<>(histogram.buckets());
    if (!fromBelow) {
      Collections.reverse(buckets);
    }
    double rank = (fromBelow ? quantile : 1 - quantile) * histogram.count();
    double passed = 0;
    Bucket bucket = new Bucket(0, 0, 0);
    for (Bucket next : buckets) {
      bucket = next;
      passed += next.count();
      if (next.count() != 0 && passed >= rank) {
        break;
      }
    }
    if (histogram.isCustom() && Double.isInfinite(bucket.lower()) && bucket.upper() <= 0) {
      return Estimate.of(bucket.upper());
    }
    if (histogram.isCustom() && Double.isInfinite(bucket.lower())) {
      bucket = new Bucket(0, bucket.upper(), bucket.count());
    } else if (histogram.isCustom() && Double.isInfinite(bucket.upper())) {
      return Estimate.of(bucket.lower());
    }
    passed = Math.min(passed, histogram.count());
    if (passed < rank) {
      return Double.isNaN(histogram.sum())
          ? new Estimate(Double.NaN, Remark.NOT_A_NUMBER)
          : Estimate.of(bucket.upper());
    }
    double withinBucket = fromBelow ? rank - (passed - bucket.count()) : passed - rank;
    double value = interpolation(histogram, bucket).value(withinBucket / bucket.count());
    return new Estimate(value, isSkewed(histogram) ? Remark.SKEWED : Remark.NONE);
  }

  private static Interpolation interpolation(NativeHistogram histogram, Bucket bucket) {
    return histogram.isCustom()
        ? new Interpolation(bucket.lower(), bucket.upper(), true)
        : Interpolation.of(histogram, bucket);
  }

  /// Whether there are observations that are no numbers, and not only infinite ones.
  static boolean isSkewed(NativeHistogram histogram) {
    return Double.isNaN(histogram.sum()) && inBuckets(histogram) < histogram.count();
  }

  static double inBuckets(NativeHistogram histogram) {
    double sum = 0;
    for (Bucket bucket : histogram.buckets()) {
      sum += bucket.count();
    }
    return sum;
  }
}
