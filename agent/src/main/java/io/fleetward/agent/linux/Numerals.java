package io.fleetward.agent.linux;

/// Reads numbers as the kernel writes them. Allocates nothing.
final class Numerals {
  private Numerals() {}

  /// A number: whole, with a fraction, negative, or in base 16 after `0x`; NaN if it is none.
  static double anyOrNaN(byte[] bytes, int from, int to) {
    boolean isNegative = from < to && bytes[from] == '-';
    int at = isNegative ? from + 1 : from;
    boolean isHexadecimal = to - at > 2 && bytes[at] == '0' && bytes[at + 1] == 'x';
    double value =
        isHexadecimal ? hexadecimalOrNaN(bytes, at + 2, to) : decimalOrNaN(bytes, at, to);
    return isNegative ? -value : value;
  }

  private static double hexadecimalOrNaN(byte[] bytes, int from, int to) {
    long digits = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return Double.NaN;
      }
      digits = digits * 16 + digit;
    }
    return digits;
  }

  /// Digits with an optional fraction, such as `0.25`; NaN for anything else.
  static double decimalOrNaN(byte[] bytes, int from, int to) {
    long digits = 0;
    double scale = 1;
    boolean fraction = false;
    boolean any = false;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (bytes[i] == '.' && !fraction) {
        fraction = true;
      } else if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        scale = fraction ? scale * 10 : scale;
        any = true;
      } else {
        return Double.NaN;
      }
    }
    return any ? digits / scale : Double.NaN;
  }
}
