package io.fleetward.rules.series;

import java.util.Arrays;

/// When the samples of a series came, oldest first. Series whose samples come together share one;
/// each knows for itself which part it looks at. Confined to its host's thread.
///
/// What several series look at is only ever added to, so that none sees another's times change.
final class Times {
  /// Milliseconds after `baseMillis`.
  private final int[] offsets;

  private long baseMillis;
  private int size;
  private int users;

  Times(int capacity) {
    this.offsets = new int[capacity];
  }

  int capacity() {
    return offsets.length;
  }

  /// The array behind this, of which only [#size] are times.
  int[] offsets() {
    return offsets;
  }

  long baseMillis() {
    return baseMillis;
  }

  long at(int position) {
    return baseMillis + offsets[position];
  }

  /// Whether a time lies too far from the first for an offset.
  boolean isTooFar(long timeMillis) {
    return timeMillis - baseMillis > Integer.MAX_VALUE;
  }

  void join() {
    users++;
  }

  void leave() {
    users--;
  }

  boolean isUnused() {
    return users == 0;
  }

  boolean hasOneUser() {
    return users == 1;
  }

  /// Makes a time follow those before a position, where it does not contradict what other series
  /// look at.
  ///
  /// @return whether it does now
  boolean follow(int position, long timeMillis) {
    int offset = (int) (timeMillis - baseMillis);
    if (position < size && users > 1) {
      return offsets[position] == offset;
    }
    offsets[position] = offset;
    size = position + 1;
    return true;
  }

  /// Whether this holds a part of others from the start on, and then a time.
  boolean holds(Times others, int from, int to, long nextMillis) {
    int length = to - from;
    if (size <= length || at(length) != nextMillis) {
      return false;
    }
    int shift = (int) (others.baseMillis - baseMillis);
    return (length == 0 || at(0) == others.at(from))
        && (shift == 0
            ? Arrays.equals(offsets, 0, length, others.offsets, from, to)
            : holdsShifted(others, from, length, shift));
  }

  private boolean holdsShifted(Times others, int from, int length, int shift) {
    for (int i = 0; i < length; i++) {
      if (offsets[i] != others.offsets[from + i] + shift) {
        return false;
      }
    }
    return true;
  }

  /// Becomes a part of others, or of itself, and then a time.
  void become(Times others, int from, int to, long nextMillis) {
    int length = to - from;
    long base = length == 0 ? nextMillis : others.at(from);
    int shift = (int) (base - others.baseMillis);
    for (int i = 0; i < length; i++) {
      offsets[i] = others.offsets[from + i] - shift;
    }
    baseMillis = base;
    offsets[length] = (int) (nextMillis - base);
    size = length + 1;
  }
}
