package io.fleetward.models.calibration;

/// Counts how many independent rows a series of resembling neighbours is worth.
///
/// From the correlation r of neighbours, `n (1 - r) / (1 + r)` as for a first-order autoregression,
/// with Kendall's correction for the short series, which makes r look too small.
final class EffectiveRows {
  private static final double MOST_CORRELATED = 0.995;

  private EffectiveRows() {}

  /// @return 1 to the number of values
  static double of(double[] values) {
    int count = values.length;
    double mean = 0;
    for (double value : values) {
      mean += value / count;
    }
    double variance = 0;
    double covariance = 0;
    for (int i = 0; i < count; i++) {
      variance += (values[i] - mean) * (values[i] - mean);
      covariance += i == 0 ? 0 : (values[i] - mean) * (values[i - 1] - mean);
    }
    if (count < 3 || !(variance > 0)) {
      return 1;
    }
    double measured = covariance / variance;
    double corrected = Math.clamp(measured + (1 + 3 * measured) / count, 0, MOST_CORRELATED);
    return Math.max(1, count * (1 - corrected) / (1 + corrected));
  }
}
