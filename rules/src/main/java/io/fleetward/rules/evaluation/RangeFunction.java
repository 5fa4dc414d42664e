package io.fleetward.rules.evaluation;

import io.fleetward.rules.series.Window;

/// What a function makes of the samples of a range.
interface RangeFunction {
  /// The result; a stale marker for none.
  ///
  /// @param window at least one sample
  double apply(Window window, Range range);

  /// The edges of a range, and the further arguments of the function. Confined to one thread, used
  /// again.
  final class Range {
    private long startMillis;
    private long endMillis;
    private long tickMillis;
    private double firstArgument;
    private double second;

    /// @param tick the time of the evaluation
    void set(long start, long end, long tick, double first, double other) {
      startMillis = start;
      endMillis = end;
      tickMillis = tick;
      firstArgument = first;
      second = other;
    }

    long startMillis() {
      return startMillis;
    }

    long endMillis() {
      return endMillis;
    }

    /// The time of the evaluation.
    long tickMillis() {
      return tickMillis;
    }

    double firstArgument() {
      return firstArgument;
    }

    double second() {
      return second;
    }

    double seconds() {
      return (endMillis - startMillis) / 1000.0;
    }
  }
}
