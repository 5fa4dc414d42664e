package io.fleetward.rules.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as Go writes them.
public final class GoNumbers {
  private GoNumbers() {}

  /// Go's `%v`: the shortest digits that read back, with an exponent from 1e+06 on and below 1e-04.
  public static String shortest(double value) {
    return shortest(value, 6);
  }

  /// Go's `strconv.FormatFloat(f, 'g', -1, 64)` with an exponent from 10 to the power
  /// `exponentFrom` on.
  static String shortest(double value, int exponentFrom) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    return exponent < -4 || exponent >= Math.max(exponentFrom, 0)
        ? scientific(digits, -1, 'e')
        : digits.toPlainString();
  }

  /// Go's `%f` or `strconv.FormatFloat(f, 'f', -1, 64)`: the shortest digits, never an exponent.
  public static String plain(double value) {
    return Double.isNaN(value) || Double.isInfinite(value)
        ? shortest(value)
        : value == 0
            ? shortest(value)
            : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /// Go's `%.<precision>f`.
  public static String fixed(double value, int precision) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return shortest(value);
    }
    String text = new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    boolean losesSign = value < 0 || 1 / value < 0;
    return losesSign && !text.startsWith("-") ? "-" + text : text;
  }

  /// Go's `%.<precision>g`.
  public static String general(double value, int precision) {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return shortest(value);
    }
    int significant = Math.max(1, precision);
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(significant, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    BigDecimal stripped = rounded.stripTrailingZeros();
    return exponent < -4 || exponent >= significant
        ? scientific(stripped, -1, 'e')
        : stripped.toPlainString();
  }

  /// Go's `%.<precision>e`; a negative precision for the shortest digits.
  public static String scientific(double value, int precision) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return shortest(value);
    }
    BigDecimal exact =
        precision < 0 ? new BigDecimal(Double.toString(value)) : new BigDecimal(value);
    return scientific(exact, precision, 'e');
  }

  private static String scientific(BigDecimal value, int precision, char letter) {
    BigDecimal digits =
        precision < 0
            ? value.stripTrailingZeros()
            : value.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    String unscaled = digits.unscaledValue().abs().toString();
    int exponent = value.signum() == 0 ? 0 : digits.precision() - digits.scale() - 1;
    int wanted = precision < 0 ? unscaled.length() : precision + 1;
    unscaled = unscaled + "0".repeat(Math.max(0, wanted - unscaled.length()));
    String fraction = unscaled.length() > 1 ? "." + unscaled.substring(1) : "";
    return "%s%s%s%c%s%02d"
        .formatted(
            value.signum() < 0 ? "-" : "",
            unscaled.charAt(0),
            fraction,
            letter,
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }
}
