package io.fleetward.rules.series;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import java.util.Arrays;

/// The samples of one series that can still be seen, oldest first. Confined to its host's thread.
///
/// Samples lie in two arrays from `first` on; when the arrays are full, samples older than the
/// retention are dropped and the rest moves to the front.
public final class Series {
  private static final int FIRST_CAPACITY = 8;

  private final Labels labels;
  private final long retentionMillis;
  private long[] times = new long[FIRST_CAPACITY];
  private double[] values = new double[FIRST_CAPACITY];
  private int first;
  private int end;

  /// How many of the samples are stale markers.
  private int markers;

  Series(Labels labels, long retentionMillis) {
    this.labels = labels;
    this.retentionMillis = retentionMillis;
  }

  public Labels labels() {
    return labels;
  }

  public boolean isEmpty() {
    return first == end;
  }

  /// The time of the newest sample.
  ///
  /// @throws IllegalStateException if there is none
  public long newestTime() {
    if (isEmpty()) {
      throw new IllegalStateException("no samples in " + labels);
    }
    return times[end - 1];
  }

  /// Appends a sample, and forgets samples that are no longer seen if there is no room.
  Appended append(long timeMillis, double value) {
    if (first < end) {
      long newest = times[end - 1];
      if (timeMillis < newest) {
        return Appended.OUT_OF_ORDER;
      }
      if (timeMillis == newest) {
        boolean isSame =
            Double.doubleToRawLongBits(values[end - 1]) == Double.doubleToRawLongBits(value);
        return isSame ? Appended.REPEATED : Appended.DUPLICATE;
      }
    }
    if (end == times.length) {
      makeRoom(timeMillis - retentionMillis);
    }
    times[end] = timeMillis;
    values[end] = value;
    end++;
    markers += StaleMarker.is(value) ? 1 : 0;
    return Appended.STORED;
  }

  private void makeRoom(long horizon) {
    forgetUntil(horizon);
    int size = end - first;
    int capacity = times.length;
    if (size > capacity - capacity / 4) {
      capacity += capacity / 2;
    }
    long[] keptTimes = capacity == times.length ? times : new long[capacity];
    double[] keptValues = capacity == times.length ? values : new double[capacity];
    System.arraycopy(times, first, keptTimes, 0, size);
    System.arraycopy(values, first, keptValues, 0, size);
    times = keptTimes;
    values = keptValues;
    first = 0;
    end = size;
  }

  private void forgetUntil(long horizon) {
    while (first < end && times[first] <= horizon) {
      markers -= StaleMarker.is(values[first]) ? 1 : 0;
      first++;
    }
  }

  /// Whether the newest sample is no longer seen.
  boolean isForgotten(long nowMillis) {
    return isEmpty() || times[end - 1] <= nowMillis - retentionMillis;
  }

  /// The position after the newest sample at or before a time.
  private int endAt(long timeMillis) {
    if (first == end || times[end - 1] <= timeMillis) {
      return end;
    }
    int position = Arrays.binarySearch(times, first, end, timeMillis);
    return position >= 0 ? position + 1 : -position - 1;
  }

  /// The newest value in (`afterMillis`, `untilMillis`]; a stale marker if there is none.
  public double newest(long afterMillis, long untilMillis) {
    int position = endAt(untilMillis) - 1;
    return position < first || times[position] <= afterMillis
        ? StaleMarker.VALUE
        : values[position];
  }

  /// The time of the sample that [#newest] finds; `afterMillis` if there is none.
  public long newestTime(long afterMillis, long untilMillis) {
    int position = endAt(untilMillis) - 1;
    return position < first ? afterMillis : Math.max(afterMillis, times[position]);
  }

  /// Makes a window look at the samples in (`afterMillis`, `untilMillis`], stale markers left out.
  public void fill(Window window, long afterMillis, long untilMillis) {
    int to = endAt(untilMillis);
    int from = to;
    if (first < end && times[first] > afterMillis) {
      from = first;
    } else {
      int position = Arrays.binarySearch(times, first, to, afterMillis);
      from = position >= 0 ? position + 1 : -position - 1;
    }
    if (markers == 0) {
      window.look(times, values, Math.min(from, to), to);
    } else {
      window.clear();
      for (int i = from; i < to; i++) {
        if (!StaleMarker.is(values[i])) {
          window.add(times[i], values[i]);
        }
      }
    }
  }
}
