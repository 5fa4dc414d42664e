package io.fleetward.rules.evaluation;

import io.fleetward.rules.histogram.CompensatedSum;
import io.fleetward.rules.series.Window;

/// The straight line that fits samples best.
///
/// @param slope per second
/// @param intercept the line's value at the time it was asked for
record Regression(double slope, double intercept) {
  /// @param originMillis the time of the intercept
  static Regression of(Window window, long originMillis) {
    double first = window.value(0);
    if (isConstant(window, first)) {
      return Double.isInfinite(first)
          ? new Regression(Double.NaN, Double.NaN)
          : new Regression(0, first);
    }
    CompensatedSum sumX = new CompensatedSum();
    CompensatedSum sumY = new CompensatedSum();
    CompensatedSum sumXy = new CompensatedSum();
    CompensatedSum sumXx = new CompensatedSum();
    int size = window.size();
    for (int i = 0; i < size; i++) {
      double x = (window.time(i) - originMillis) / 1000.0;
      double y = window.value(i);
      sumX.add(x);
      sumY.add(y);
      sumXy.add(x * y);
      sumXx.add(x * x);
    }
    double x = sumX.total();
    double y = sumY.total();
    double covariance = sumXy.total() - x * y / size;
    double variance = sumXx.total() - x * x / size;
    double slope = covariance / variance;
    return new Regression(slope, y / size - slope * x / size);
  }

  private static boolean isConstant(Window window, double first) {
    for (int i = 1; i < window.size(); i++) {
      if (window.value(i) != first) {
        return false;
      }
    }
    return true;
  }
}
