package io.fleetward.rules.histogram;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Histograms that stand among numbers. Confined to one thread.
///
/// Samples and values are doubles everywhere, so that numbers cost nothing more. A histogram's
/// place is held by its handle: a NaN whose bits no number has. Arithmetic would make it an
/// ordinary NaN, so ask [#isHandle] first wherever histograms may occur.
public final class HistogramTable {
  private static final long MARK = 0xFFF4_0000_0000_0000L;
  private static final long MARK_MASK = 0xFFFF_0000_0000_0000L;

  private final @Nullable HistogramTable outer;
  private final List<NativeHistogram> own = new ArrayList<>();

  /// How many histograms the outer table had when this one began.
  private int first;

  public HistogramTable() {
    this(null);
  }

  private HistogramTable(@Nullable HistogramTable outer) {
    this.outer = outer;
    restart();
  }

  /// A table for what is computed from the histograms of this one.
  public HistogramTable inner() {
    return new HistogramTable(this);
  }

  public static boolean isHandle(double value) {
    return (Double.doubleToRawLongBits(value) & MARK_MASK) == MARK;
  }

  public boolean isEmpty() {
    return first + own.size() == 0;
  }

  /// Keeps a histogram and gives its handle.
  public double add(NativeHistogram histogram) {
    own.add(histogram);
    return Double.longBitsToDouble(MARK | (first + own.size() - 1));
  }

  /// The histogram of a handle that this table or the outer one gave.
  public NativeHistogram get(double handle) {
    int position = (int) (Double.doubleToRawLongBits(handle) & ~MARK_MASK);
    if (outer != null && position < first) {
      return outer.get(handle);
    }
    return own.get(position - first);
  }

  /// Forgets the histograms of this table.
  public void restart() {
    own.clear();
    first = outer == null ? 0 : outer.first + outer.own.size();
  }
}
