package io.fleetward.rules.evaluation;

import io.fleetward.rules.histogram.CompensatedSum;

/// An arithmetic mean that survives sums beyond the largest double. Confined to one thread, used
/// again.
///
/// It sums up as long as the sum is finite, and goes on with a running mean where it is not.
final class Mean {
  private final CompensatedSum sum = new CompensatedSum();
  private long count;
  private boolean isRunning;

  void restart() {
    sum.restart(0);
    count = 0;
    isRunning = false;
  }

  void add(double value) {
    count++;
    if (!isRunning) {
      double roughBefore = sum.rough();
      double lostBefore = sum.lost();
      sum.add(value);
      if (count == 1 || !Double.isInfinite(sum.rough())) {
        return;
      }
      isRunning = true;
      sum.restart(roughBefore / (count - 1), lostBefore / (count - 1));
    }
    double kept = (count - 1.0) / count;
    sum.restart(kept * sum.rough(), kept * sum.lost());
    sum.add(value / count);
  }

  double value() {
    return isRunning ? sum.total() : sum.rough() / count + sum.lost() / count;
  }
}
