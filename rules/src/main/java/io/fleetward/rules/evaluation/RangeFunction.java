package io.fleetward.rules.evaluation;

import io.fleetward.rules.series.Window;

/// What a function makes of the samples of a range.
interface RangeFunction {
  /// The result; a stale marker for none.
  ///
  /// @param window at least one sample
  double apply(Window window, Range range);

  /// The edges of a range, and the further arguments of the function.
  ///
  /// @param tickMillis the time of the evaluation
  record Range(
      long startMillis, long endMillis, long tickMillis, double firstArgument, double second) {
    double seconds() {
      return (endMillis - startMillis) / 1000.0;
    }
  }
}
