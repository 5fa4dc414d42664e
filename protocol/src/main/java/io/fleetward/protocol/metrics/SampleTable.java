package io.fleetward.protocol.metrics;

import java.util.Arrays;

/// The samples of one body by the number of their series, in the order in which they were sent;
/// used again for the next body. Confined to one thread.
public final class SampleTable {
  private int[] series = new int[512];
  private long[] times = new long[512];
  private double[] values = new double[512];
  private int size;
  private long newest;

  void clear() {
    size = 0;
    newest = Long.MIN_VALUE;
  }

  void add(int ofSeries, long timeMillis, double value) {
    if (size == times.length) {
      series = Arrays.copyOf(series, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    series[size] = ofSeries;
    times[size] = timeMillis;
    values[size] = value;
    size++;
    newest = Math.max(newest, timeMillis);
  }

  public int size() {
    return size;
  }

  /// The number of a sample's series in its [BodyLayout].
  public int series(int position) {
    return series[position];
  }

  /// When a sample was taken, in milliseconds since the epoch on its sender's clock.
  public long timeMillis(int position) {
    return times[position];
  }

  public double value(int position) {
    return values[position];
  }

  /// The time of the newest sample.
  public long newestMillis() {
    return newest;
  }
}
