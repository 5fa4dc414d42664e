package io.fleetward.models.peers;

/// The tail of Student's t distribution, by the incomplete beta function's continued fraction.
final class StudentTail {
  private static final int MOST_TERMS = 200;
  private static final double PRECISION = 1e-14;

  /// Stands for zero in divisions of the continued fraction.
  private static final double TINY = 1e-300;

  private static final double[] LANCZOS = {
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
    12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7
  };

  private StudentTail() {}

  /// The probability of a value at least so far from 0, to either side; strictly decreasing in the
  /// distance, and above 0.
  ///
  /// @param freedom degrees of freedom, above 0
  static double bothSides(double value, double freedom) {
    return regularisedBeta(freedom / (freedom + value * value), freedom / 2, 0.5);
  }

  private static double regularisedBeta(double x, double a, double b) {
    if (x <= 0) {
      return 0;
    }
    if (x >= 1) {
      return 1;
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(x, a, b) / a
        : 1 - front * fraction(1 - x, b, a) / b;
  }

  /// Lentz's evaluation of the continued fraction.
  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double result = d;
    for (int m = 1; m <= MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      result *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      double change = d * c;
      result *= change;
      if (Math.abs(change - 1) < PRECISION) {
        break;
      }
    }
    return result;
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /// Lanczos' approximation, for arguments of 0.5 and above.
  private static double logGamma(double x) {
    double sum = 0.9999999999998099;
    for (int i = 0; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x + i);
    }
    double t = x + LANCZOS.length - 1.5;
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }
}
