package io.fleetward.models.training;

import java.util.Arrays;
import java.util.BitSet;

/// Retained rows of one host, oldest first, with what was said about them when they came.
/// Immutable.
///
/// Features are kept as floats: seven digits, half the memory.
public final class HostRows {
  private final String instance;
  private final int features;
  private final long[] seconds;
  private final float[] values;
  private final float[] scores;
  private final BitSet alarms;

  /// The arrays are the caller's gift.
  HostRows(
      String instance,
      int features,
      long[] seconds,
      float[] values,
      float[] scores,
      BitSet alarms) {
    this.instance = instance;
    this.features = features;
    this.seconds = seconds;
    this.values = values;
    this.scores = scores;
    this.alarms = alarms;
  }

  public String instance() {
    return instance;
  }

  public int size() {
    return seconds.length;
  }

  /// Event time in seconds since 1970.
  long seconds(int row) {
    return seconds[row];
  }

  void read(int row, double[] into) {
    int from = row * features;
    for (int i = 0; i < features; i++) {
      into[i] = values[from + i];
    }
  }

  /// The score that the host's own detector gave; NaN where it was UNDETERMINED.
  double score(int row) {
    return scores[row];
  }

  /// Whether the host's own detector alarmed.
  boolean alarm(int row) {
    return alarms.get(row);
  }

  /// The first row later than a time; [#size] if there is none.
  int firstAfter(long second) {
    int found = Arrays.binarySearch(seconds, second);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
