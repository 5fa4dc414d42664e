package io.fleetward.protocol.exposition;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/// Reads decimal numbers as `Double.parseDouble` does, to the last bit, but from bytes and nearly
/// always without making an object. Confined to one thread.
///
/// The 19 first digits times a power of five in 128 bits decide the result in all but a few cases
/// in a million (D. Lemire, Number Parsing at a Gigabyte per Second, 2021).
final class DecimalNumber {
  private static final int MOST_DIGITS = 19;
  private static final int LEAST_POWER = -80;
  private static final int GREATEST_POWER = 80;
  private static final long[] FIVES = fives();

  private double value;

  /// Reads a number that takes up all of a range: digits with point and exponent, or `NaN`, `Inf`,
  /// `Infinity` in any case, with or without a sign.
  ///
  /// @return false if that is no number
  boolean read(byte[] bytes, int start, int end) {
    int at = start;
    boolean isNegative = false;
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      isNegative = bytes[at] == '-';
      at++;
    }
    if (at < end && bytes[at] > '9') {
      return readWord(bytes, at, end, isNegative, at > start);
    }
    long digits = 0;
    int taken = 0;
    int exponent = 0;
    int seen = 0;
    boolean isBehindPoint = false;
    for (; at < end; at++) {
      byte b = bytes[at];
      if (b == '.' && !isBehindPoint) {
        isBehindPoint = true;
      } else if (b >= '0' && b <= '9') {
        seen++;
        if (taken < MOST_DIGITS) {
          digits = 10 * digits + (b - '0');
          taken += digits == 0 ? 0 : 1;
          exponent -= isBehindPoint ? 1 : 0;
        } else {
          // what is cut off is looked at again
          taken++;
          exponent += isBehindPoint ? 0 : 1;
        }
      } else {
        break;
      }
    }
    if (seen == 0) {
      return false;
    }
    if (at < end) {
      int written = exponent(bytes, at, end);
      if (written == Integer.MIN_VALUE) {
        return false;
      }
      exponent += written;
    }
    if (digits == 0) {
      value = isNegative ? -0.0 : 0.0;
    } else if (taken > MOST_DIGITS || !compute(digits, exponent, isNegative)) {
      value = Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    }
    return true;
  }

  double value() {
    return value;
  }

  private boolean readWord(byte[] bytes, int from, int end, boolean isNegative, boolean hasSign) {
    if (isWord(bytes, from, end, "inf") || isWord(bytes, from, end, "infinity")) {
      value = isNegative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return true;
    }
    value = Double.NaN;
    return !hasSign && isWord(bytes, from, end, "nan");
  }

  private static boolean isWord(byte[] bytes, int from, int end, String word) {
    if (end - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// @return the exponent from its letter on, [Integer#MIN_VALUE] if it is none; cut to +-9999
  private static int exponent(byte[] bytes, int from, int end) {
    int at = from;
    if ((bytes[at++] | 0x20) != 'e') {
      return Integer.MIN_VALUE;
    }
    boolean isNegative = at < end && bytes[at] == '-';
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    if (at == end) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; at < end; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return Integer.MIN_VALUE;
      }
      exponent = Math.min(9_999, 10 * exponent + (bytes[at] - '0'));
    }
    return isNegative ? -exponent : exponent;
  }

  /// Computes `digits` times ten to the power of `power`.
  ///
  /// @return false where 128 bits do not decide it
  private boolean compute(long digits, int power, boolean isNegative) {
    if (power < LEAST_POWER || power > GREATEST_POWER) {
      return false;
    }
    int leading = Long.numberOfLeadingZeros(digits);
    long normalised = digits << leading;
    int entry = 2 * (power - LEAST_POWER);
    long upper = Math.unsignedMultiplyHigh(normalised, FIVES[entry]);
    long lower = normalised * FIVES[entry];
    if ((upper & 0x1ff) == 0x1ff) {
      long more = Math.unsignedMultiplyHigh(normalised, FIVES[entry + 1]);
      lower += more;
      upper += Long.compareUnsigned(lower, more) < 0 ? 1 : 0;
    }
    if (lower == -1L && (power < -27 || power > 55)) {
      return false;
    }
    int top = (int) (upper >>> 63);
    int shift = top + 64 - 52 - 3;
    long mantissa = upper >>> shift;
    long exponent = ((217_706L * power) >> 16) + 63 + top - leading + 1_023;
    if (exponent <= 0 || exponent >= 0x7fe) {
      return false;
    }
    boolean isHalf =
        Long.compareUnsigned(lower, 1) <= 0
            && power >= -4
            && power <= 23
            && (mantissa & 3) == 1
            && mantissa << shift == upper;
    mantissa = isHalf ? mantissa & ~1L : mantissa;
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    if (mantissa >= 2L << 52) {
      mantissa = 1L << 52;
      exponent++;
    }
    long bits = (mantissa & ~(1L << 52)) | exponent << 52 | (isNegative ? Long.MIN_VALUE : 0);
    value = Double.longBitsToDouble(bits);
    return true;
  }

  /// Powers of five as 128 bits each, the highest set; reciprocals are rounded up.
  private static long[] fives() {
    long[] fives = new long[2 * (GREATEST_POWER - LEAST_POWER + 1)];
    BigInteger five = BigInteger.valueOf(5);
    for (int power = LEAST_POWER; power <= GREATEST_POWER; power++) {
      BigInteger bits;
      if (power >= 0) {
        bits = five.pow(power);
        bits = bits.bitLength() < 128 ? bits.shiftLeft(128 - bits.bitLength()) : bits;
      } else {
        BigInteger divisor = five.pow(-power);
        int length = divisor.subtract(BigInteger.ONE).bitLength();
        int shift = power >= -27 ? length + 127 : 2 * length + 128;
        bits = BigInteger.ONE.shiftLeft(shift).divide(divisor).add(BigInteger.ONE);
      }
      bits = bits.shiftRight(Math.max(0, bits.bitLength() - 128));
      fives[2 * (power - LEAST_POWER)] = bits.shiftRight(64).longValue();
      fives[2 * (power - LEAST_POWER) + 1] = bits.longValue();
    }
    return fives;
  }
}
