package io.fleetward.rules.series;

import java.util.Arrays;

/// Writes numbers into as few bits as they need. Used once, by one thread; [BitReader] reads them.
final class BitWriter {
  private byte[] bytes = new byte[256];
  private int position;

  /// Writes the lowest bits of a number, highest first.
  void write(long value, int count) {
    if (position + count > 8 * bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    for (int left = count; left > 0; ) {
      int room = 8 - (position & 7);
      int taken = Math.min(room, left);
      int part = (int) (value >>> (left - taken)) & ((1 << taken) - 1);
      bytes[position >> 3] |= (byte) (part << (room - taken));
      position += taken;
      left -= taken;
    }
  }

  /// Numbers that are mostly of the same size: a bit for zero, else the number in the width of the
  /// one before, or in a new width.
  final class Column {
    private int width;

    void write(long value) {
      int needed = Long.SIZE - Long.numberOfLeadingZeros(value);
      if (needed == 0) {
        BitWriter.this.write(0b0, 1);
      } else if (needed <= width && needed > width - 4) {
        BitWriter.this.write(0b10, 2);
        BitWriter.this.write(value, width);
      } else {
        width = needed;
        BitWriter.this.write(0b11, 2);
        BitWriter.this.write(width - 1, 6);
        BitWriter.this.write(value, width);
      }
    }
  }

  /// Everything written, with what a reader may read beyond the end.
  byte[] toBytes() {
    return Arrays.copyOf(bytes, (position + 7) / 8 + BitReader.BEYOND);
  }
}
