package io.fleetward.rules.evaluation;

import io.fleetward.rules.evaluation.RangeFunction.Range;
import io.fleetward.rules.histogram.CompensatedSum;
import io.fleetward.rules.series.Window;

/// The straight line that fits samples best. Confined to one thread, used again.
final class Regression {
  private final CompensatedSum sumX = new CompensatedSum();
  private final CompensatedSum sumY = new CompensatedSum();
  private final CompensatedSum sumXy = new CompensatedSum();
  private final CompensatedSum sumXx = new CompensatedSum();

  /// Per second.
  private double slope;

  /// The line's value at the time it was asked for.
  private double intercept;

  double deriv(Window window, Range range) {
    fit(window, window.time(0));
    return slope;
  }

  /// @param range its first argument is how far to look ahead, in seconds
  double predictLinear(Window window, Range range) {
    fit(window, range.tickMillis());
    return slope * range.firstArgument() + intercept;
  }

  /// @param originMillis the time of the intercept
  private void fit(Window window, long originMillis) {
    double first = window.value(0);
    if (isConstant(window, first)) {
      slope = Double.isInfinite(first) ? Double.NaN : 0;
      intercept = Double.isInfinite(first) ? Double.NaN : first;
      return;
    }
    sumX.restart(0);
    sumY.restart(0);
    sumXy.restart(0);
    sumXx.restart(0);
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
    slope = covariance / variance;
    intercept = y / size - slope * x / size;
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
