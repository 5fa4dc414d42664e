package io.fleetward.rules.evaluation;

import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.histogram.ResetHint;
import io.fleetward.rules.series.Window;
import org.jspecify.annotations.Nullable;

/// Takes the buckets out of the histograms of a series, one after the other, as Prometheus does
/// where only totals are asked for. Whether a counter began anew can no longer be told without
/// buckets, so each says it itself. Used once for each series and time.
final class Totals {
  private @Nullable NativeHistogram before;

  /// A sample that stands after those given so far.
  double of(double value, Tick tick) {
    if (!HistogramTable.isHandle(value)) {
      return value;
    }
    NativeHistogram histogram = tick.histograms().get(value);
    ResetHint hint = histogram.hint();
    if (hint == ResetHint.UNKNOWN && before != null) {
      hint = histogram.isResetAfter(before) ? ResetHint.RESET : ResetHint.NOT_RESET;
    }
    before = histogram;
    return tick.histograms().add(histogram.withoutBuckets().with(hint));
  }

  /// The totals of the samples of a window that lie after a time; what comes before only tells
  /// whether they began anew.
  static void fill(Window result, Window window, long afterMillis, Tick tick) {
    Totals totals = new Totals();
    result.clear();
    for (int i = 0; i < window.size(); i++) {
      double value = totals.of(window.value(i), tick);
      if (window.time(i) > afterMillis) {
        result.add(window.time(i), value);
      }
    }
  }
}
