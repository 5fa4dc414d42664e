package io.fleetward.rules.series;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of one series that can still be seen, oldest first. Confined to its host's thread.
///
/// Samples lie in two arrays from `first` on; when the arrays are full, samples older than the
/// retention are dropped and the rest moves to the front.
public final class Series {
  private static final int FIRST_CAPACITY = 6;

  /// Series that are seen for longer than this keep what is older than `SEALED_AFTER_MILLIS` in
  /// blocks.
  private static final long LONG_MILLIS = 30 * 60_000;

  private static final long SEALED_AFTER_MILLIS = 10 * 60_000;

  private final Labels labels;
  private final long retentionMillis;
  private final long lifeMillis;
  private final @Nullable History history;
  private long[] times = new long[FIRST_CAPACITY];
  private double[] values = new double[FIRST_CAPACITY];
  private int first;
  private int end;

  /// How many of the samples are stale markers.
  private int markers;

  /// @param retentionMillis how long samples are kept after newer ones came
  /// @param lifeMillis how long the newest sample is kept
  Series(Labels labels, long retentionMillis, long lifeMillis) {
    this.labels = labels;
    this.retentionMillis = retentionMillis;
    this.lifeMillis = Math.max(retentionMillis, lifeMillis);
    this.history = retentionMillis > LONG_MILLIS ? new History() : null;
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
    if (history != null) {
      history.forgetUntil(horizon);
      seal(history);
    }
    int size = end - first;
    int capacity = times.length;
    if (size > capacity - 2) {
      capacity += 2 + capacity / 8;
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

  /// Moves the oldest samples into blocks.
  private void seal(History older) {
    long newest = times[end - 1];
    while (end - first > History.BLOCK
        && times[first + History.BLOCK - 1] <= newest - SEALED_AFTER_MILLIS) {
      older.add(Block.of(times, values, first, first + History.BLOCK));
      for (int i = 0; i < History.BLOCK; i++) {
        markers -= StaleMarker.is(values[first++]) ? 1 : 0;
      }
    }
  }

  private void forgetUntil(long horizon) {
    // the newest sample stays, whatever its age, until the series is forgotten
    while (first < end - 1 && times[first] <= horizon) {
      markers -= StaleMarker.is(values[first]) ? 1 : 0;
      first++;
    }
  }

  /// Whether the newest sample is no longer seen.
  boolean isForgotten(long nowMillis) {
    return isEmpty() || times[end - 1] <= nowMillis - lifeMillis;
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
    if (position < first && history != null && history.reachesAfter(afterMillis)) {
      return newestOfHistory(history, afterMillis, untilMillis).value();
    }
    return position < first || times[position] <= afterMillis
        ? StaleMarker.VALUE
        : values[position];
  }

  /// The time of the sample that [#newest] finds; `afterMillis` if there is none.
  public long newestTime(long afterMillis, long untilMillis) {
    int position = endAt(untilMillis) - 1;
    if (position < first && history != null && history.reachesAfter(afterMillis)) {
      return newestOfHistory(history, afterMillis, untilMillis).time();
    }
    return position < first ? afterMillis : Math.max(afterMillis, times[position]);
  }

  private record Found(long time, double value) {}

  private static Found newestOfHistory(History older, long afterMillis, long untilMillis) {
    Window window = new Window();
    older.read(afterMillis, untilMillis, window);
    return window.size() == 0
        ? new Found(afterMillis, StaleMarker.VALUE)
        : new Found(window.lastTime(), window.last());
  }

  /// Makes a window look at the samples in (`afterMillis`, `untilMillis`], stale markers left out.
  public void fill(Window window, long afterMillis, long untilMillis) {
    if (history != null && history.reachesAfter(afterMillis)) {
      window.clear();
      history.read(afterMillis, untilMillis, window);
      for (int i = first; i < end && times[i] <= untilMillis; i++) {
        if (times[i] > afterMillis && !StaleMarker.is(values[i])) {
          window.add(times[i], values[i]);
        }
      }
      return;
    }
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

  /// Whether a range looks at compressed samples, so that a digest is worth its while.
  public boolean isLong(long afterMillis) {
    return history != null && history.reachesAfter(afterMillis);
  }

  /// Hands over the samples in (`afterMillis`, `untilMillis`], stale markers left out.
  public void digest(Digest digest, long afterMillis, long untilMillis) {
    if (history != null) {
      history.read(afterMillis, untilMillis, digest);
    }
    for (int i = first; i < end && times[i] <= untilMillis; i++) {
      if (times[i] > afterMillis && !StaleMarker.is(values[i])) {
        digest.add(times[i], values[i]);
      }
    }
  }
}
