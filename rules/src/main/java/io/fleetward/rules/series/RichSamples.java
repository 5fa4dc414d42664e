package io.fleetward.rules.series;

import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.histogram.ResetHint;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/// What the samples of a store are beside numbers: histograms, and counters whose start is known.
/// Only tests and tools load such samples. Confined to its store's thread.
public final class RichSamples {
  private final HistogramTable histograms = new HistogramTable();
  private final IdentityHashMap<Series, Map<Long, Long>> starts = new IdentityHashMap<>();

  /// The histograms that stand in the series by their handles.
  public HistogramTable histograms() {
    return histograms;
  }

  /// The handle of a histogram that follows a sample in its series.
  ///
  /// As Prometheus' storage does, a histogram that goes on counting in the layout of the one before
  /// says so, whatever it said itself.
  double handle(double before, NativeHistogram histogram) {
    if (histogram.hint() == ResetHint.GAUGE) {
      return histograms.add(histogram);
    }
    boolean goesOn = HistogramTable.isHandle(before) && goesOn(histograms.get(before), histogram);
    return histograms.add(histogram.with(goesOn ? ResetHint.NOT_RESET : ResetHint.UNKNOWN));
  }

  private static boolean goesOn(NativeHistogram before, NativeHistogram now) {
    return before.hint() != ResetHint.GAUGE
        && now.hint() != ResetHint.RESET
        && now.schema() == before.schema()
        && now.zeroThreshold() == before.zeroThreshold()
        && now.bounds().equals(before.bounds())
        && !now.with(ResetHint.UNKNOWN).isResetAfter(before);
  }

  /// Whether it is known of any counter since when it has counted.
  public boolean hasStarts() {
    return !starts.isEmpty();
  }

  void startedAt(Series series, long timeMillis, long startMillis) {
    starts.computeIfAbsent(series, _ -> new HashMap<>()).put(timeMillis, startMillis);
  }

  /// Since when the counter has counted that a series has at a time, in milliseconds; 0 if that is
  /// not known.
  public long start(Series series, long timeMillis) {
    return starts.getOrDefault(series, Map.of()).getOrDefault(timeMillis, 0L);
  }
}
