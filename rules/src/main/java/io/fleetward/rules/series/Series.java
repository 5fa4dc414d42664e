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
  private static final int FIRST_CAPACITY = 2;

  /// Series that are seen for longer than this keep what is older than `SEALED_AFTER_MILLIS` in
  /// blocks.
  private static final long LONG_MILLIS = 30 * 60_000;

  private static final long SEALED_AFTER_MILLIS = 6 * 60_000;

  /// The labels with the host left open; `labelsHash` is that of the labels themselves.
  private final Labels pattern;

  private final int labelsHash;
  private final Keeping keeping;
  private final @Nullable History history;

  /// Milliseconds after `baseMillis`.
  private int[] offsets = new int[FIRST_CAPACITY];

  private double[] values = new double[FIRST_CAPACITY];
  private long baseMillis;
  private int first;
  private int end;

  /// How many of the samples are stale markers.
  private int markers;

  /// @param pattern the labels with the host left open
  /// @param labelsHash the hash of the labels themselves
  Series(Labels pattern, int labelsHash, Keeping keeping) {
    this.pattern = pattern;
    this.labelsHash = labelsHash;
    this.keeping = keeping;
    this.history = keeping.samplesMillis() > LONG_MILLIS ? new History() : null;
  }

  /// The labels with the host left open.
  public Labels pattern() {
    return pattern;
  }

  int labelsHash() {
    return labelsHash;
  }

  /// Whether this is the series of a host with these labels.
  boolean isOf(Labels labels, String host) {
    return labelsHash == labels.hashCode() && HostLabels.matches(pattern, labels, host);
  }

  public boolean isEmpty() {
    return first == end;
  }

  /// The time of the newest sample.
  ///
  /// @throws IllegalStateException if there is none
  public long newestTime() {
    if (isEmpty()) {
      throw new IllegalStateException("no samples in " + pattern);
    }
    return time(end - 1);
  }

  /// The value of the newest sample.
  double last() {
    return values[end - 1];
  }

  /// Appends a sample, and forgets samples that are no longer seen if there is no room.
  Appended append(long timeMillis, double value) {
    if (first == end) {
      baseMillis = timeMillis;
    } else {
      long newest = time(end - 1);
      if (timeMillis < newest) {
        return Appended.OUT_OF_ORDER;
      }
      if (timeMillis == newest) {
        boolean isSame =
            Double.doubleToRawLongBits(values[end - 1]) == Double.doubleToRawLongBits(value);
        return isSame ? Appended.REPEATED : Appended.DUPLICATE;
      }
    }
    if (timeMillis - baseMillis > Integer.MAX_VALUE) {
      startAnew(timeMillis);
    }
    if (end == offsets.length) {
      makeRoom(timeMillis - keeping.samplesMillis());
    }
    offsets[end] = (int) (timeMillis - baseMillis);
    values[end] = value;
    end++;
    markers += StaleMarker.is(value) ? 1 : 0;
    return Appended.STORED;
  }

  /// This series, to be kept otherwise from now on; only one of the two may be used.
  Series keptAs(Keeping other) {
    if (other.equals(keeping)) {
      return this;
    }
    Series copy = new Series(pattern, labelsHash, other);
    if (history != null) {
      history.read(Long.MIN_VALUE, Long.MAX_VALUE, copy.new Successor());
    }
    for (int i = first; i < end; i++) {
      copy.append(time(i), values[i]);
    }
    return copy;
  }

  /// Appends what another series had.
  private final class Successor implements Block.Sink {
    @Override
    public void add(long timeMillis, double value) {
      append(timeMillis, value);
    }

    @Override
    public void mark(long timeMillis) {
      append(timeMillis, StaleMarker.VALUE);
    }
  }

  private long time(int position) {
    return baseMillis + offsets[position];
  }

  /// Moves everything into history, or drops it, because it lies so far back that an offset cannot
  /// say how far.
  private void startAnew(long timeMillis) {
    if (history != null) {
      history.forgetUntil(timeMillis - keeping.samplesMillis());
      history.add(Block.of(baseMillis, offsets, values, first, end));
    }
    first = 0;
    end = 0;
    markers = 0;
    baseMillis = timeMillis;
  }

  private void makeRoom(long horizon) {
    forgetUntil(horizon);
    if (history != null) {
      history.forgetUntil(horizon);
      seal(history);
    }
    int size = end - first;
    int capacity = offsets.length;
    // room for some samples to come, lest each of them moves all others
    if (size + 1 + size / 16 > capacity) {
      capacity = size + 1 + size / 8;
    }
    int[] keptOffsets = capacity == offsets.length ? offsets : new int[capacity];
    double[] keptValues = capacity == offsets.length ? values : new double[capacity];
    int shift = size == 0 ? 0 : offsets[first];
    for (int i = 0; i < size; i++) {
      keptOffsets[i] = offsets[first + i] - shift;
    }
    System.arraycopy(values, first, keptValues, 0, size);
    baseMillis += shift;
    offsets = keptOffsets;
    values = keptValues;
    first = 0;
    end = size;
  }

  /// Moves the oldest samples into blocks.
  private void seal(History older) {
    long newest = time(end - 1);
    while (end - first > History.BLOCK
        && time(first + History.BLOCK - 1) <= newest - SEALED_AFTER_MILLIS) {
      older.add(Block.of(baseMillis, offsets, values, first, first + History.BLOCK));
      for (int i = 0; i < History.BLOCK; i++) {
        markers -= StaleMarker.is(values[first++]) ? 1 : 0;
      }
    }
  }

  private void forgetUntil(long horizon) {
    // the newest sample stays, whatever its age, until the series is forgotten
    while (first < end - 1 && time(first) <= horizon) {
      markers -= StaleMarker.is(values[first]) ? 1 : 0;
      first++;
    }
  }

  /// Whether the newest sample is no longer seen.
  boolean isForgotten(long nowMillis) {
    return isEmpty() || time(end - 1) <= nowMillis - keeping.newestMillis();
  }

  /// The position after the newest sample at or before a time.
  private int endAt(long timeMillis) {
    if (first == end || time(end - 1) <= timeMillis) {
      return end;
    }
    long offset = timeMillis - baseMillis;
    if (offset < offsets[first]) {
      return first;
    }
    int position = Arrays.binarySearch(offsets, first, end, (int) offset);
    return position >= 0 ? position + 1 : -position - 1;
  }

  /// The newest value in (`afterMillis`, `untilMillis`]; a stale marker if there is none.
  public double newest(long afterMillis, long untilMillis) {
    int position = endAt(untilMillis) - 1;
    if (position < first && history != null && history.reachesAfter(afterMillis)) {
      return newestOfHistory(history, afterMillis, untilMillis).value;
    }
    return position < first || time(position) <= afterMillis ? StaleMarker.VALUE : values[position];
  }

  /// The time of the sample that [#newest] finds; `afterMillis` if there is none.
  public long newestTime(long afterMillis, long untilMillis) {
    int position = endAt(untilMillis) - 1;
    if (position < first && history != null && history.reachesAfter(afterMillis)) {
      return newestOfHistory(history, afterMillis, untilMillis).time;
    }
    return position < first ? afterMillis : Math.max(afterMillis, time(position));
  }

  /// The newest sample that was handed over, be it a stale marker.
  private static final class Newest implements Block.Sink {
    long time;
    double value = StaleMarker.VALUE;

    Newest(long afterMillis) {
      time = afterMillis;
    }

    @Override
    public void add(long timeMillis, double sample) {
      time = timeMillis;
      value = sample;
    }

    @Override
    public void mark(long timeMillis) {
      add(timeMillis, StaleMarker.VALUE);
    }
  }

  private static Newest newestOfHistory(History older, long afterMillis, long untilMillis) {
    Newest newest = new Newest(afterMillis);
    older.read(afterMillis, untilMillis, newest);
    return newest;
  }

  /// Makes a window look at the samples in (`afterMillis`, `untilMillis`], stale markers left out.
  public void fill(Window window, long afterMillis, long untilMillis) {
    if (history != null && history.reachesAfter(afterMillis)) {
      window.clear();
      history.read(afterMillis, untilMillis, window);
      for (int i = first; i < end && time(i) <= untilMillis; i++) {
        if (time(i) > afterMillis && !StaleMarker.is(values[i])) {
          window.add(time(i), values[i]);
        }
      }
      return;
    }
    int to = endAt(untilMillis);
    int from = Math.min(to, endAt(afterMillis));
    if (markers == 0) {
      window.look(baseMillis, offsets, values, from, to);
    } else {
      window.clear();
      for (int i = from; i < to; i++) {
        if (!StaleMarker.is(values[i])) {
          window.add(time(i), values[i]);
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
    for (int i = first; i < end && time(i) <= untilMillis; i++) {
      if (time(i) > afterMillis && !StaleMarker.is(values[i])) {
        digest.add(time(i), values[i]);
      }
    }
  }
}
