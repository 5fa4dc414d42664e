package io.fleetward.rules.histogram;

/// A sum that keeps what rounding loses (Kahan and Neumaier). Confined to one thread, used again.
public final class CompensatedSum {
  private double sum;
  private double lost;

  public void restart(double first) {
    sum = first;
    lost = 0;
  }

  public void restart(double first, double compensation) {
    sum = first;
    lost = compensation;
  }

  public void add(double term) {
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

  /// Multiplies what was summed up so far.
  public void scale(double factor) {
    sum *= factor;
    lost *= factor;
  }

  /// The sum without what was lost.
  public double rough() {
    return sum;
  }

  public double lost() {
    return lost;
  }

  public double total() {
    return sum + lost;
  }
}
