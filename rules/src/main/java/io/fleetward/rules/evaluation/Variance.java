package io.fleetward.rules.evaluation;

import io.fleetward.rules.histogram.CompensatedSum;

/// A population variance in one pass (Welford). Confined to one thread, used again.
final class Variance {
  private final CompensatedSum mean = new CompensatedSum();
  private final CompensatedSum squares = new CompensatedSum();
  private long count;

  void restart() {
    mean.restart(0);
    squares.restart(0);
    count = 0;
  }

  void add(double value) {
    count++;
    double delta = value - mean.total();
    mean.add(delta / count);
    squares.add(delta * (value - mean.total()));
  }

  double value() {
    return squares.total() / count;
  }
}
