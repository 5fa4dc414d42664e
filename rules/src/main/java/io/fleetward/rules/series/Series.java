package io.fleetward.rules.series;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of one series that can still be seen, oldest first. Confined to its host's thread.
///
/// Samples lie in an array from `first` to `end`, and their times at the same positions of times
/// that series share. When the array is full, samples older than the retention are dropped and the
/// rest moves to the front.
public final class Series {
  private static final int LEAST_CAPACITY = 2;
  private static final double[] NO_VALUES = new double[0];

  /// Series that are seen for longer than this keep what is older than `SEALED_AFTER_MILLIS` in
  /// blocks.
  private static final long LONG_MILLIS = 30 * 60_000;

  private static final long SEALED_AFTER_MILLIS = 6 * 60_000;

  /// The labels with the host left open; `labelsHash` is that of the labels themselves.
  private final Labels pattern;

  private final int labelsHash;
  private final Keeping keeping;
  private final @Nullable History history;

  /// As many times fit in as values.
  private Times times;

  private double[] values = NO_VALUES;
  private int first;
  private int end;

  /// How many of the samples are stale markers.
  private int markers;

  /// @param pattern the labels with the host left open
  /// @param labelsHash the hash of the labels themselves
  /// @param none times without room
  Series(Labels pattern, int labelsHash, Keeping keeping, Times none) {
    this.times = none;
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
  ///
  /// @param shared the times that the series of this store share
  Appended append(long timeMillis, double value, SharedTimes shared) {
    if (first < end) {
      long newest = time(end - 1);
      if (timeMillis < newest) {
        return Appended.OUT_OF_ORDER;
      }
      if (timeMillis == newest) {
        boolean isSame =
            Double.doubleToRawLongBits(values[end - 1]) == Double.doubleToRawLongBits(value);
        return isSame ? Appended.REPEATED : Appended.DUPLICATE;
      }
      if (times.isTooFar(timeMillis)) {
        startAnew(timeMillis);
      }
    }
    if (first == end || end == values.length || !times.follow(end, timeMillis)) {
      makeRoom(timeMillis, shared);
    }
    values[end] = value;
    end++;
    markers += StaleMarker.is(value) ? 1 : 0;
    return Appended.STORED;
  }

  /// Lets other series have the times for themselves.
  void release() {
    times.leave();
  }

  /// This series, to be kept otherwise from now on; only one of the two may be used.
  ///
  /// @param shared the times that the series of the other's store share
  Series keptAs(Keeping other, SharedTimes shared) {
    if (other.equals(keeping)) {
      return this;
    }
    Series copy = new Series(pattern, labelsHash, other, shared.none());
    Successor successor = new Successor(copy, shared);
    if (history != null) {
      history.read(new BlockReader(), Long.MIN_VALUE, Long.MAX_VALUE, successor);
    }
    for (int i = first; i < end; i++) {
      successor.add(time(i), values[i]);
    }
    release();
    return copy;
  }

  /// Appends what another series had.
  private record Successor(Series series, SharedTimes shared) implements Block.Sink {
    @Override
    public void add(long timeMillis, double value) {
      series.append(timeMillis, value, shared);
    }

    @Override
    public void mark(long timeMillis) {
      series.append(timeMillis, StaleMarker.VALUE, shared);
    }
  }

  private long time(int position) {
    return times.at(position);
  }

  /// Moves everything into history, or drops it, because it lies so far back that an offset cannot
  /// say how far.
  private void startAnew(long timeMillis) {
    if (history != null) {
      history.forgetUntil(timeMillis - keeping.samplesMillis());
      history.add(Block.of(times.baseMillis(), times.offsets(), values, first, end));
    }
    first = 0;
    end = 0;
    markers = 0;
  }

  /// Drops or compresses what is old, and makes the time of the sample to come follow the rest.
  private void makeRoom(long timeMillis, SharedTimes shared) {
    long horizon = timeMillis - keeping.samplesMillis();
    forgetUntil(horizon);
    if (history != null && first < end) {
      history.forgetUntil(horizon);
      seal(history);
    }
    int size = end - first;
    int capacity = capacity(size);
    times = shared.following(times, first, end, capacity, timeMillis);
    double[] kept = capacity == values.length ? values : new double[capacity];
    System.arraycopy(values, first, kept, 0, size);
    values = kept;
    first = 0;
    end = size;
  }

  /// Room for some samples to come, lest each of them moves all others; not much more than that, if
  /// there was a time when samples came faster.
  private int capacity(int size) {
    boolean isEnough = size + 1 + size / 16 <= values.length;
    boolean isTooMuch = history == null && values.length > 3 * size + 8;
    return isEnough && !isTooMuch ? values.length : Math.max(LEAST_CAPACITY, size + 1 + size / 8);
  }

  /// Moves the oldest samples into blocks.
  private void seal(History older) {
    long newest = time(end - 1);
    while (end - first > History.BLOCK
        && time(first + History.BLOCK - 1) <= newest - SEALED_AFTER_MILLIS) {
      older.add(
          Block.of(times.baseMillis(), times.offsets(), values, first, first + History.BLOCK));
      for (int i = 0; i < History.BLOCK; i++) {
        markers -= StaleMarker.is(values[first++]) ? 1 : 0;
      }
    }
  }

  private void forgetUntil(long horizon) {
    // the newest of those stays, for it is what an evaluation at the horizon sees
    while (first < end - 1 && time(first + 1) <= horizon) {
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
    if (timeMillis < time(first)) {
      return first;
    }
    int offset = (int) (timeMillis - times.baseMillis());
    int position = Arrays.binarySearch(times.offsets(), first, end, offset);
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
    older.read(new BlockReader(), afterMillis, untilMillis, newest);
    return newest;
  }

  /// Makes a window look at the samples in (`afterMillis`, `untilMillis`], stale markers left out.
  public void fill(Window window, long afterMillis, long untilMillis) {
    if (history != null && history.reachesAfter(afterMillis)) {
      window.clear();
      history.read(window.reader(), afterMillis, untilMillis, window);
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
      window.look(times.baseMillis(), times.offsets(), values, from, to);
    } else {
      window.clear();
      for (int i = from; i < to; i++) {
        if (!StaleMarker.is(values[i])) {
          window.add(time(i), values[i]);
        }
      }
    }
  }

  /// Hands over all samples, stale markers as marks.
  void read(BlockReader reader, Block.Sink sink) {
    if (history != null) {
      history.read(reader, Long.MIN_VALUE, Long.MAX_VALUE, sink);
    }
    for (int i = first; i < end; i++) {
      if (StaleMarker.is(values[i])) {
        sink.mark(time(i));
      } else {
        sink.add(time(i), values[i]);
      }
    }
  }

  /// Whether a range looks at compressed samples, so that a digest is worth its while.
  public boolean isLong(long afterMillis) {
    return history != null && history.reachesAfter(afterMillis);
  }

  /// Hands over the samples in (`afterMillis`, `untilMillis`], stale markers left out.
  ///
  /// @param reader to read compressed samples with
  public void digest(Digest digest, BlockReader reader, long afterMillis, long untilMillis) {
    if (history != null) {
      history.digest(reader, afterMillis, untilMillis, digest);
    }
    for (int i = first; i < end && time(i) <= untilMillis; i++) {
      if (time(i) > afterMillis && !StaleMarker.is(values[i])) {
        digest.add(time(i), values[i]);
      }
    }
  }
}
