package io.fleetward.rules.histogram;

import java.util.TreeMap;

/// Finds out by comparison whether a counter began anew between two histograms: some count fell, or
/// the layout changed as it cannot change while a counter goes on.
record ResetDetection(NativeHistogram now, NativeHistogram before) {
  boolean isReset() {
    if (now.count() < before.count() || now.isCustom() != before.isCustom()) {
      return true;
    }
    return now.isCustom() ? fellBetweenBounds() : fellExponentially();
  }

  private boolean fellBetweenBounds() {
    if (now.bounds().equals(before.bounds())) {
      return fell(now.positive(), before.positive());
    }
    CommonBounds common = CommonBounds.of(now.bounds(), before.bounds());
    return fell(moved(now, common), moved(before, common));
  }

  private static Buckets moved(NativeHistogram histogram, CommonBounds common) {
    TreeMap<Integer, Double> moved = new TreeMap<>();
    Buckets buckets = histogram.positive();
    for (int i = 0; i < buckets.size(); i++) {
      int index = common.index(buckets.index(i), histogram.bounds());
      moved.merge(index, buckets.count(i), Double::sum);
    }
    return Buckets.of(moved);
  }

  private boolean fellExponentially() {
    if (now.schema() > before.schema() || now.zeroThreshold() < before.zeroThreshold()) {
      return true;
    }
    HistogramSum reduced = new HistogramSum(before);
    if (now.zeroThreshold() > before.zeroThreshold()) {
      reduced.widenZeroBucket(now.zeroThreshold());
    }
    if (reduced.zeroThreshold() != now.zeroThreshold()) {
      return true;
    }
    reduced.reduceTo(now.schema());
    NativeHistogram earlier = reduced.total();
    return now.zeroCount() < earlier.zeroCount()
        || fell(now.positive(), earlier.positive())
        || fell(now.negative(), earlier.negative());
  }

  private static boolean fell(Buckets now, Buckets before) {
    for (int i = 0; i < before.size(); i++) {
      if (now.at(before.index(i)) < before.count(i)) {
        return true;
      }
    }
    return false;
  }
}
