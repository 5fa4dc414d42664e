package io.fleetward.rules.series;

import io.fleetward.protocol.labels.Labels;

/// Hears of the samples that are kept, series by series.
public interface SampleVisitor {
  /// @param times in milliseconds since the epoch, oldest first; used again for the next series
  /// @param values stale markers included; used again for the next series
  /// @param size how many samples there are
  void series(Labels labels, long[] times, double[] values, int size);
}
