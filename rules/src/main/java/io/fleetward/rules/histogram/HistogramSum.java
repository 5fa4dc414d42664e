package io.fleetward.rules.histogram;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/// A sum of histograms that keeps what rounding loses. Confined to one thread.
///
/// Where histograms differ in resolution, in the bucket around zero or in their bounds, the sum has
/// what they have in common.
public final class HistogramSum {
  private final CompensatedSum zero = new CompensatedSum();
  private final CompensatedSum count = new CompensatedSum();
  private final CompensatedSum sum = new CompensatedSum();
  private int schema;
  private double zeroThreshold;
  private List<Double> bounds;
  private ResetHint hint;
  private SortedMap<Integer, CompensatedSum> positive;
  private SortedMap<Integer, CompensatedSum> negative;
  private boolean hasReset;
  private boolean hasNoReset;
  private boolean isReconciled;

  public HistogramSum(NativeHistogram first) {
    schema = first.schema();
    zeroThreshold = first.zeroThreshold();
    bounds = first.bounds();
    hint = first.hint();
    zero.restart(first.zeroCount());
    count.restart(first.count());
    sum.restart(first.sum());
    positive = sums(first.positive());
    negative = sums(first.negative());
    note(first.hint());
  }

  private static SortedMap<Integer, CompensatedSum> sums(Buckets buckets) {
    SortedMap<Integer, CompensatedSum> sums = new TreeMap<>();
    for (int i = 0; i < buckets.size(); i++) {
      CompensatedSum bucket = new CompensatedSum();
      bucket.restart(buckets.count(i));
      sums.put(buckets.index(i), bucket);
    }
    return sums;
  }

  private void note(ResetHint of) {
    hasReset |= of == ResetHint.RESET;
    hasNoReset |= of == ResetHint.NOT_RESET;
  }

  /// Whether a histogram can be added: exponential and listed buckets do not mix.
  public boolean accepts(NativeHistogram other) {
    return other.isCustom() == (schema == NativeHistogram.CUSTOM);
  }

  /// Adds a histogram that the sum [#accepts].
  public void add(NativeHistogram other) {
    note(other.hint());
    hint = hint.and(other.hint());
    HistogramSum theirs = new HistogramSum(other);
    if (schema == NativeHistogram.CUSTOM) {
      reconcileBounds(theirs);
    } else {
      reconcileZeroBuckets(theirs);
      int coarser = Math.min(schema, theirs.schema);
      reduceTo(coarser);
      theirs.reduceTo(coarser);
    }
    merge(zero, theirs.zero);
    merge(count, theirs.count);
    merge(sum, theirs.sum);
    theirs.positive.forEach((index, bucket) -> merge(positive, index, bucket));
    theirs.negative.forEach((index, bucket) -> merge(negative, index, bucket));
  }

  /// Subtracts a histogram that the sum [#accepts].
  public void subtract(NativeHistogram other) {
    add(other.times(-1).with(other.hint()));
  }

  private static void merge(CompensatedSum into, CompensatedSum from) {
    into.add(from.rough());
    into.add(from.lost());
  }

  private static void merge(
      SortedMap<Integer, CompensatedSum> buckets, int index, CompensatedSum bucket) {
    CompensatedSum known = buckets.putIfAbsent(index, bucket);
    if (known != null) {
      merge(known, bucket);
    }
  }

  private void reconcileBounds(HistogramSum theirs) {
    if (bounds.equals(theirs.bounds)) {
      return;
    }
    isReconciled = true;
    CommonBounds common = CommonBounds.of(bounds, theirs.bounds);
    for (HistogramSum side : List.of(this, theirs)) {
      List<Double> before = side.bounds;
      side.positive = moved(side.positive, index -> common.index(index, before));
      side.bounds = common.bounds();
    }
  }

  /// The resolution of the sum.
  public int schema() {
    return schema;
  }

  /// Reduces the resolution if it is finer.
  public void reduceTo(int coarser) {
    if (coarser < schema) {
      int finer = schema;
      IntUnaryOperator reduced = index -> BucketBounds.reduced(index, finer, coarser);
      positive = moved(positive, reduced);
      negative = moved(negative, reduced);
      schema = coarser;
    }
  }

  private static SortedMap<Integer, CompensatedSum> moved(
      SortedMap<Integer, CompensatedSum> buckets, IntUnaryOperator newIndex) {
    SortedMap<Integer, CompensatedSum> moved = new TreeMap<>();
    buckets.forEach((index, bucket) -> merge(moved, newIndex.applyAsInt(index), bucket));
    return moved;
  }

  private void reconcileZeroBuckets(HistogramSum theirs) {
    while (zeroThreshold < theirs.zeroThreshold || theirs.zeroThreshold < zeroThreshold) {
      if (zeroThreshold < theirs.zeroThreshold) {
        widenZeroBucket(theirs.zeroThreshold);
      } else {
        theirs.widenZeroBucket(zeroThreshold);
      }
    }
  }

  /// Makes the bucket around zero reach as far as a threshold, or to the end of a bucket that the
  /// threshold would cut.
  void widenZeroBucket(double threshold) {
    double wider = threshold;
    for (double before = Double.NaN; before != wider; ) {
      before = wider;
      wider = endOfCutBucket(negative, endOfCutBucket(positive, wider));
    }
    zeroThreshold = wider;
    absorb(positive);
    absorb(negative);
  }

  private double endOfCutBucket(SortedMap<Integer, CompensatedSum> buckets, double threshold) {
    for (var bucket : buckets.entrySet()) {
      double end = BucketBounds.of(bucket.getKey(), schema);
      boolean isCut = BucketBounds.of(bucket.getKey() - 1, schema) < threshold && end > threshold;
      if (isCut && bucket.getValue().rough() != 0) {
        return end;
      }
    }
    return threshold;
  }

  private void absorb(SortedMap<Integer, CompensatedSum> buckets) {
    buckets
        .entrySet()
        .removeIf(bucket -> {
          boolean isInside = BucketBounds.of(bucket.getKey() - 1, schema) < zeroThreshold;
          if (isInside) {
            merge(zero, bucket.getValue());
          }
          return isInside || bucket.getValue().total() == 0;
        });
  }

  /// Multiplies what was summed up so far.
  void scale(double factor) {
    zero.scale(factor);
    count.scale(factor);
    sum.scale(factor);
    positive.values().forEach(bucket -> bucket.scale(factor));
    negative.values().forEach(bucket -> bucket.scale(factor));
  }

  /// Whether something became greater than a double can be.
  boolean isInfinite() {
    return Double.isInfinite(zero.rough())
        || Double.isInfinite(count.rough())
        || Double.isInfinite(sum.rough())
        || positive.values().stream().anyMatch(bucket -> Double.isInfinite(bucket.rough()))
        || negative.values().stream().anyMatch(bucket -> Double.isInfinite(bucket.rough()));
  }

  /// Whether one histogram said that its counter began anew and another that it went on.
  public boolean isContradictory() {
    return hasReset && hasNoReset;
  }

  /// Whether bounds differed, so that only the shared ones were kept.
  public boolean isReconciled() {
    return isReconciled;
  }

  /// How far the bucket around zero reaches.
  double zeroThreshold() {
    return zeroThreshold;
  }

  public NativeHistogram total() {
    return new NativeHistogram(
        schema,
        zeroThreshold,
        zero.total(),
        count.total(),
        sum.total(),
        totals(positive),
        totals(negative),
        bounds,
        hint);
  }

  private static Buckets totals(SortedMap<Integer, CompensatedSum> sums) {
    TreeMap<Integer, Double> totals = new TreeMap<>();
    sums.forEach((index, bucket) -> totals.put(index, bucket.total()));
    return Buckets.of(totals);
  }

  /// A sum that goes its own way.
  HistogramSum copy() {
    HistogramSum copy = new HistogramSum(total());
    copy(zero, copy.zero);
    copy(count, copy.count);
    copy(sum, copy.sum);
    positive.forEach((index, bucket) -> copy.positive.compute(index, (_, _) -> copied(bucket)));
    negative.forEach((index, bucket) -> copy.negative.compute(index, (_, _) -> copied(bucket)));
    copy.hasReset = hasReset;
    copy.hasNoReset = hasNoReset;
    copy.isReconciled = isReconciled;
    return copy;
  }

  private static void copy(CompensatedSum from, CompensatedSum to) {
    to.restart(from.rough(), from.lost());
  }

  private static CompensatedSum copied(CompensatedSum from) {
    CompensatedSum to = new CompensatedSum();
    copy(from, to);
    return to;
  }
}
