package io.fleetward.rules.series;

import java.util.Arrays;

/// How the values of a block become whole numbers that differ little from one to the next.
///
/// Values that are multiples of a power of two or of 0.01 and the like are counted in that unit;
/// others stay the bits they are, of which a block keeps what differs.
///
/// @param scale what values are multiplied by to be whole; 0 if they stay bits
/// @param shift how many zero bits they all end in
record ValueForm(int scale, int shift) {
  private static final int[] SCALES = {1, 100, 1_000};
  private static final double GREATEST = 0x1p53;

  /// Every form, by the place of its scale and by its shift, so that reading makes none anew.
  private static final ValueForm[][] ALL = new ValueForm[SCALES.length + 1][Long.SIZE];

  static {
    for (int place = 0; place < ALL.length; place++) {
      int scale = place == SCALES.length ? 0 : SCALES[place];
      Arrays.setAll(ALL[place], shift -> new ValueForm(scale, shift));
    }
  }

  /// The first form in which all values can be told exactly.
  static ValueForm of(double[] values, int from, int to) {
    for (int scale : SCALES) {
      long ones = 0;
      boolean isExact = true;
      for (int i = from; i < to && isExact; i++) {
        long whole = (long) Math.rint(values[i] * scale);
        ones |= whole;
        isExact =
            Math.abs(values[i] * scale) < GREATEST && isSame((double) whole / scale, values[i]);
      }
      if (isExact) {
        return new ValueForm(scale, ones == 0 ? 0 : Long.numberOfTrailingZeros(ones));
      }
    }
    long ones = 0;
    for (int i = from; i < to; i++) {
      ones |= Double.doubleToRawLongBits(values[i]);
    }
    return new ValueForm(0, Long.numberOfTrailingZeros(ones));
  }

  private static boolean isSame(double one, double other) {
    return Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(other);
  }

  /// Reads the form of a block from the first byte.
  static ValueForm read(BitReader reader) {
    return ALL[(int) reader.read(2)][(int) reader.read(6)];
  }

  void write(BitWriter writer) {
    int place = 0;
    while (place < SCALES.length && SCALES[place] != scale) {
      place++;
    }
    writer.write(place, 2);
    writer.write(shift, 6);
  }

  long number(double value) {
    return scale == 0
        ? Double.doubleToRawLongBits(value) >>> shift
        : (long) Math.rint(value * scale) >> shift;
  }

  double value(long number) {
    return scale == 0
        ? Double.longBitsToDouble(number << shift)
        : (double) (number << shift) / scale;
  }

  /// What to keep of a number after the one before it: few bits if they differ little.
  long difference(long number, long before) {
    return scale == 0 ? number ^ before : zigzag(number - before);
  }

  /// The number that differs so from the one before it.
  long number(long difference, long before) {
    return scale == 0 ? difference ^ before : before + unzigzag(difference);
  }

  static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
