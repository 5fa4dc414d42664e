package io.fleetward.rules.testing;

import io.fleetward.rules.evaluation.SampleValue;
import io.fleetward.rules.histogram.Buckets;
import io.fleetward.rules.histogram.NativeHistogram;

/// Compares a sample with what a test expects.
final class SampleCheck {
  private static final double TOLERANCE = 1e-6;

  private SampleCheck() {}

  /// Whether two numbers are the same but for rounding.
  static boolean isSame(double expected, double given) {
    return AlmostEqual.test(expected, given, TOLERANCE);
  }

  /// Whether a sample is what is expected but for rounding.
  static boolean isSame(SeriesLine.Value expected, SampleValue given) {
    return switch (expected) {
      case SeriesLine.Value.Gap() -> false;
      case SeriesLine.Value.Point(double number) ->
          given instanceof SampleValue.Plain(double other) && isSame(number, other);
      case SeriesLine.Value.Histogram(NativeHistogram histogram, boolean hasHint) ->
          given instanceof SampleValue.Histogram(NativeHistogram other)
              && (!hasHint || histogram.hint() == other.hint())
              && isSame(histogram.compacted(), other.compacted());
    };
  }

  private static boolean isSame(NativeHistogram expected, NativeHistogram given) {
    return expected.schema() == given.schema()
        && expected.zeroThreshold() == given.zeroThreshold()
        && expected.bounds().equals(given.bounds())
        && isSame(expected.count(), given.count())
        && isSame(expected.sum(), given.sum())
        && isSame(expected.zeroCount(), given.zeroCount())
        && isSame(expected.positive(), given.positive())
        && isSame(expected.negative(), given.negative());
  }

  private static boolean isSame(Buckets expected, Buckets given) {
    boolean isSame = expected.size() == given.size();
    for (int i = 0; isSame && i < expected.size(); i++) {
      isSame = expected.index(i) == given.index(i) && isSame(expected.count(i), given.count(i));
    }
    return isSame;
  }

  /// What is expected, in words.
  static String text(SeriesLine.Value expected) {
    return switch (expected) {
      case SeriesLine.Value.Gap() -> "nothing";
      case SeriesLine.Value.Point(double number) -> String.valueOf(number);
      case SeriesLine.Value.Histogram(NativeHistogram histogram, _) -> HistogramText.of(histogram);
    };
  }

  /// What is there, in words.
  static String text(SampleValue given) {
    return switch (given) {
      case SampleValue.Plain(double number) -> String.valueOf(number);
      case SampleValue.Histogram(NativeHistogram histogram) -> HistogramText.of(histogram);
    };
  }
}
