package io.fleetward.rules.series;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples that a range sees, oldest first. Confined to one thread, and used again for each
/// range.
///
/// A window looks at a series' own arrays where it can; where samples have to be left out, or come
/// from an expression, it holds a copy.
public final class Window implements Block.Sink {
  private long[] ownTimes = new long[16];
  private double[] ownValues = new double[16];
  private final BlockReader reader = new BlockReader();

  /// Milliseconds after `baseMillis`, while the window looks at a series; null while it holds a
  /// copy.
  private int @Nullable [] offsets;

  private long baseMillis;
  private double[] values = ownValues;
  private int from;
  private int to;

  /// Looks at part of arrays that belong to someone else.
  void look(long base, int[] otherOffsets, double[] otherValues, int start, int end) {
    baseMillis = base;
    offsets = otherOffsets;
    values = otherValues;
    from = start;
    to = end;
  }

  /// Empties the window, so that samples can be added.
  public void clear() {
    offsets = null;
    values = ownValues;
    from = 0;
    to = 0;
  }

  /// Adds a sample, after [#clear].
  @Override
  public void add(long timeMillis, double value) {
    if (to == ownTimes.length) {
      ownTimes = Arrays.copyOf(ownTimes, 2 * to);
      ownValues = Arrays.copyOf(ownValues, 2 * to);
      values = ownValues;
    }
    ownTimes[to] = timeMillis;
    ownValues[to] = value;
    to++;
  }

  /// Reads the compressed samples that this window sees.
  public BlockReader reader() {
    return reader;
  }

  public int size() {
    return to - from;
  }

  /// The time of a sample, by its position from 0, in milliseconds.
  public long time(int position) {
    return at(from + position);
  }

  /// The value of a sample, by its position from 0.
  public double value(int position) {
    return values[from + position];
  }

  public double last() {
    return values[to - 1];
  }

  public long lastTime() {
    return at(to - 1);
  }

  private long at(int place) {
    return offsets == null ? ownTimes[place] : baseMillis + offsets[place];
  }
}
