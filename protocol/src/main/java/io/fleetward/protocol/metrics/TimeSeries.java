package io.fleetward.protocol.metrics;

import io.fleetward.protocol.labels.Labels;

/// Samples of one series, in the order in which they were sent. Immutable.
public final class TimeSeries {
  private final Labels labels;
  private final long[] times;
  private final double[] values;

  /// The arrays are handed over, not copied.
  TimeSeries(Labels labels, long[] times, double[] values) {
    if (times.length != values.length) {
      throw new IllegalArgumentException(
          "%d times for %d values".formatted(times.length, values.length));
    }
    this.labels = labels;
    this.times = times;
    this.values = values;
  }

  public Labels labels() {
    return labels;
  }

  /// How many samples there are; at least one.
  public int size() {
    return times.length;
  }

  /// When a sample was taken, in milliseconds since the epoch on its sender's clock.
  public long timeMillis(int position) {
    return times[position];
  }

  public double value(int position) {
    return values[position];
  }

  @Override
  public String toString() {
    return "%s with %d samples".formatted(labels, times.length);
  }
}
