package io.fleetward.models.forecast;

import java.util.Arrays;

/// Fits lines to a few equally spaced values as Theil and Sen do: the slope is the median of the
/// slopes of all pairs, so that up to 29 % of the values may be anything. Reuses its memory;
/// confined to one thread, and shared by all forecasts on it.
public final class RobustLine {
  /// Values that a line is fitted to.
  static final int WINDOW = 16;

  /// Fewer values than this share of the window make no line.
  private static final double ENOUGH = 0.6;

  private static final int NEWEST = 5;
  private static final double MAD_TO_SIGMA = 1.4826;

  private final double[] values;
  private final double[] scratch;
  private double slope;
  private double level;
  private double spread;

  public RobustLine() {
    this.values = new double[WINDOW];
    this.scratch = new double[WINDOW * (WINDOW - 1) / 2];
  }

  /// The array to put the values into, oldest first; NaN for a gap.
  double[] values() {
    return values;
  }

  /// Fits [#values]; false if too many are missing, or the newest is.
  boolean fit() {
    int last = values.length - 1;
    int pairs = 0;
    int present = 0;
    for (int i = 0; i <= last; i++) {
      if (!Double.isNaN(values[i])) {
        present++;
        for (int j = i + 1; j <= last; j++) {
          if (!Double.isNaN(values[j])) {
            scratch[pairs++] = (values[j] - values[i]) / (j - i);
          }
        }
      }
    }
    if (present < ENOUGH * values.length || Double.isNaN(values[last])) {
      return false;
    }
    slope = medianOf(pairs);
    double middle = medianResidual(0);
    level = medianResidual(values.length - NEWEST);
    int count = 0;
    for (int i = 0; i <= last; i++) {
      if (!Double.isNaN(values[i])) {
        scratch[count++] = Math.abs(values[i] - slope * (i - last) - middle);
      }
    }
    spread = MAD_TO_SIGMA * medianOf(count);
    return true;
  }

  private double medianResidual(int from) {
    int last = values.length - 1;
    int count = 0;
    for (int i = from; i <= last; i++) {
      if (!Double.isNaN(values[i])) {
        scratch[count++] = values[i] - slope * (i - last);
      }
    }
    return medianOf(count);
  }

  private double medianOf(int count) {
    Arrays.sort(scratch, 0, count);
    return count % 2 == 1 ? scratch[count / 2] : (scratch[count / 2 - 1] + scratch[count / 2]) / 2;
  }

  /// By how much the value changes from one place to the next.
  double slope() {
    return slope;
  }

  /// The line's value at the newest place, by the median of the newest few.
  double level() {
    return level;
  }

  /// The robust standard deviation of the values around the line.
  double spread() {
    return spread;
  }
}
