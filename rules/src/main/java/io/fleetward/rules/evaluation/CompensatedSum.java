package io.fleetward.rules.evaluation;

/// A sum that keeps what rounding loses (Kahan and Neumaier). Confined to one thread, used again.
final class CompensatedSum {
  private double sum;
  private double lost;

  void restart(double first) {
    sum = first;
    lost = 0;
  }

  void restart(double first, double compensation) {
    sum = first;
    lost = compensation;
  }

  void add(double term) {
    double total = sum + term;
    if (Double.isInfinite(total)) {
      lost = 0;
    } else if (Math.abs(sum) >= Math.abs(term)) {
      lost += (sum - total) + term;
    } else {
      lost += (term - total) + sum;
    }
    sum = total;
  }

  /// The sum without what was lost.
  double rough() {
    return sum;
  }

  double lost() {
    return lost;
  }

  double total() {
    return sum + lost;
  }
}
