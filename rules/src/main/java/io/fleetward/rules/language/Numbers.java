package io.fleetward.rules.language;

import io.fleetward.protocol.configuration.PrometheusDuration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Numbers and durations as PromQL writes them.
public final class Numbers {
  private Numbers() {}

  /// Reads a number: decimal, hexadecimal, octal with a leading 0, `Inf`, `NaN`, with underscores.
  public static OptionalDouble parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String unsigned = lower.startsWith("+") || lower.startsWith("-") ? lower.substring(1) : lower;
    double sign = lower.startsWith("-") ? -1 : 1;
    if (unsigned.equals("inf") || unsigned.equals("infinity")) {
      return OptionalDouble.of(sign * Double.POSITIVE_INFINITY);
    }
    if (unsigned.equals("nan")) {
      return OptionalDouble.of(Double.NaN);
    }
    return unsignedNumber(unsigned)
        .map(value -> OptionalDouble.of(sign * value))
        .orElse(OptionalDouble.empty());
  }

  private static Optional<Double> unsignedNumber(String text) {
    if (text.isEmpty() || text.endsWith("_") || text.contains("__") || text.startsWith("_")) {
      return Optional.empty();
    }
    String digits = text.replace("_", "");
    try {
      if (digits.startsWith("0x")) {
        return digits.contains(".") || digits.contains("p")
            ? Optional.of(Double.parseDouble(digits.contains("p") ? digits : digits + "p0"))
            : Optional.of((double) Long.parseUnsignedLong(digits.substring(2), 16));
      }
      if (digits.length() > 1 && digits.charAt(0) == '0' && hasOnly("01234567", digits)) {
        return Optional.of((double) Long.parseLong(digits, 8));
      }
      if (!hasOnly("0123456789.e+-", digits)) {
        return Optional.empty();
      }
      return Optional.of(Double.parseDouble(digits));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean hasOnly(String characters, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /// Reads a duration such as `1h30m`, in milliseconds.
  public static OptionalLong duration(String text) {
    return PrometheusDuration.parse(text)
        .map(duration -> OptionalLong.of(duration.toMillis()))
        .orElse(OptionalLong.empty());
  }
}
