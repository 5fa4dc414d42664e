package io.fleetward.rules.histogram;

import io.fleetward.rules.template.GoNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// A native histogram: observations counted in buckets that lie exponentially around a bucket for
/// what is close to zero, or between listed bounds. Immutable.
///
/// @param schema resolution of exponential buckets, or [#CUSTOM] where `bounds` lists the upper
///   bounds of the `positive` buckets
/// @param zeroThreshold how far the bucket around zero reaches
/// @param bounds ascending, without the infinite one
public record NativeHistogram(
    int schema,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    Buckets positive,
    Buckets negative,
    List<Double> bounds,
    ResetHint hint) {
  /// The schema of histograms with listed bounds.
  public static final int CUSTOM = -53;

  /// A histogram of no observations.
  public static final NativeHistogram EMPTY =
      new NativeHistogram(0, 0, 0, 0, 0, Buckets.NONE, Buckets.NONE, List.of(), ResetHint.UNKNOWN);

  public NativeHistogram {
    bounds = List.copyOf(bounds);
  }

  public boolean isCustom() {
    return schema == CUSTOM;
  }

  public NativeHistogram with(ResetHint changed) {
    return new NativeHistogram(
        schema, zeroThreshold, zeroCount, count, sum, positive, negative, bounds, changed);
  }

  /// The same with other buckets.
  NativeHistogram with(Buckets newPositive, Buckets newNegative) {
    return new NativeHistogram(
        schema, zeroThreshold, zeroCount, count, sum, newPositive, newNegative, bounds, hint);
  }

  /// Without buckets that count nothing.
  public NativeHistogram compacted() {
    return with(positive.compacted(), negative.compacted());
  }

  /// Only what it counts and sums up, which is all that some functions ask for.
  public NativeHistogram withoutBuckets() {
    return new NativeHistogram(
        schema, 0, 0, count, sum, Buckets.NONE, Buckets.NONE, List.of(), hint);
  }

  /// All counts and the sum multiplied; a negative factor makes a gauge.
  public NativeHistogram times(double factor) {
    return new NativeHistogram(
        schema,
        zeroThreshold,
        zeroCount * factor,
        count * factor,
        sum * factor,
        positive.with(bucket -> bucket * factor),
        negative.with(bucket -> bucket * factor),
        bounds,
        factor < 0 ? ResetHint.GAUGE : hint);
  }

  /// All counts and the sum divided; zero leaves no buckets, a negative divisor makes a gauge.
  public NativeHistogram dividedBy(double divisor) {
    return new NativeHistogram(
        schema,
        zeroThreshold,
        zeroCount / divisor,
        count / divisor,
        sum / divisor,
        divisor == 0 ? Buckets.NONE : positive.with(bucket -> bucket / divisor),
        divisor == 0 ? Buckets.NONE : negative.with(bucket -> bucket / divisor),
        bounds,
        divisor < 0 ? ResetHint.GAUGE : hint);
  }

  /// Whether this counts the same, whatever it says about the histogram before.
  public boolean countsSameAs(NativeHistogram other) {
    NativeHistogram mine = compacted().with(ResetHint.UNKNOWN);
    return mine.equals(other.compacted().with(ResetHint.UNKNOWN));
  }

  /// Whether the counter began anew since `previous`.
  public boolean isResetAfter(NativeHistogram previous) {
    return switch (hint) {
      case RESET -> true;
      case NOT_RESET -> false;
      case UNKNOWN, GAUGE -> new ResetDetection(this, previous).isReset();
    };
  }

  /// The bounds and the count of a bucket on the positive side.
  Bucket positiveBucket(int position) {
    int index = positive.index(position);
    double number = positive.count(position);
    if (isCustom()) {
      double lower = index == 0 ? Double.NEGATIVE_INFINITY : bounds.get(index - 1);
      double upper = index >= bounds.size() ? Double.POSITIVE_INFINITY : bounds.get(index);
      return new Bucket(lower, upper, number);
    }
    return new Bucket(BucketBounds.of(index - 1, schema), BucketBounds.of(index, schema), number);
  }

  /// The bounds and the count of a bucket on the negative side.
  Bucket negativeBucket(int position) {
    int index = negative.index(position);
    return new Bucket(
        -BucketBounds.of(index, schema),
        -BucketBounds.of(index - 1, schema),
        negative.count(position));
  }

  Bucket zeroBucket() {
    return new Bucket(-zeroThreshold, zeroThreshold, zeroCount);
  }

  /// All buckets from the least to the greatest values.
  public List<Bucket> buckets() {
    List<Bucket> buckets = new ArrayList<>();
    for (int i = negative.size() - 1; i >= 0; i--) {
      buckets.add(negativeBucket(i));
    }
    if (zeroCount > 0) {
      buckets.add(zeroBucket());
    }
    for (int i = 0; i < positive.size(); i++) {
      buckets.add(positiveBucket(i));
    }
    return buckets;
  }

  /// As Prometheus writes it: `{count:4, sum:5, (0.5,1]:1, (1,2]:3}`.
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    text.add("count:" + GoNumbers.shortest(count));
    text.add("sum:" + GoNumbers.shortest(sum));
    for (Bucket bucket : buckets()) {
      if (bucket.count() != 0) {
        boolean isAroundZero = bucket.lower() == -zeroThreshold && bucket.upper() == zeroThreshold;
        text.add(
            "%s%s,%s%s:%s"
                .formatted(
                    bucket.lower() < 0 || isAroundZero ? "[" : "(",
                    GoNumbers.shortest(bucket.lower()),
                    GoNumbers.shortest(bucket.upper()),
                    bucket.upper() > 0 || isAroundZero ? "]" : ")",
                    GoNumbers.shortest(bucket.count())));
      }
    }
    return text.toString();
  }
}
