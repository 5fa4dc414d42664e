package io.fleetward.models.causes;

import java.util.Arrays;

/// By how much one feature's level moved when trouble began, in units of how far it usually strays.
/// Not a tail probability: those cannot tell a large shift from a huge one, and it is the largest
/// that points to the cause.
///
/// Levels are medians. The unit is the larger of the standard deviation, the extreme hundredth left
/// out, and the scaled median absolute deviation; at least a twentieth of the usual level, and what
/// the caller says, since hardly anything is wrong where a steady feature moved by less.
public final class LevelShift {
  private static final double MAD_TO_SIGMA = 1.4826;
  private static final double LEAST_SHARE = 0.05;
  private static final double EXTREME_SHARE = 0.005;
  private static final int LEAST_VALUES = 8;

  private final double unit;

  /// @param usual values of healthy times, in any order; NaN where there was none
  /// @param least the smallest unit, in the feature's own unit; 0 or more
  public LevelShift(double[] usual, double least) {
    double[] sorted = sorted(usual);
    this.unit = sorted.length < LEAST_VALUES ? Double.NaN : Math.max(least, unit(sorted));
  }

  private static double unit(double[] sorted) {
    double middle = median(sorted);
    double[] deviations = Arrays.stream(sorted).map(value -> Math.abs(value - middle)).toArray();
    Arrays.sort(deviations);
    int cut = (int) (EXTREME_SHARE * sorted.length);
    double deviation = deviation(Arrays.copyOfRange(sorted, cut, sorted.length - cut));
    double usual = Math.max(deviation, MAD_TO_SIGMA * median(deviations));
    return Math.max(Math.max(usual, LEAST_SHARE * Math.abs(middle)), Double.MIN_NORMAL);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / values.length);
  }

  /// The shift from the times before to those since; positive upwards. NaN if either has no value,
  /// or fewer than eight usual ones are known.
  public double of(double[] before, double[] since) {
    return (median(sorted(since)) - median(sorted(before))) / unit;
  }

  private static double[] sorted(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
