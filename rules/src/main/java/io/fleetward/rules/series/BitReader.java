package io.fleetward.rules.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads what [BitWriter] wrote. Confined to one thread, used again.
final class BitReader {
  /// How many bytes a reader may read beyond the last.
  static final int BEYOND = 7;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// How many bits one look is sure to give, wherever in a byte it starts.
  private static final int LOOK = 57;

  private byte[] bytes = new byte[0];
  private int position;

  /// Starts at the first bit of what a writer wrote.
  void open(byte[] written) {
    bytes = written;
    position = 0;
  }

  /// Reads a number of 1 to 64 bits.
  long read(int count) {
    if (count > LOOK) {
      long high = read(count - 32);
      return high << 32 | read(32);
    }
    long value = look() >>> (Long.SIZE - count);
    position += count;
    return value;
  }

  /// The bits from here on, the first of them on top.
  private long look() {
    return (long) LONGS.get(bytes, position >>> 3) << (position & 7);
  }

  /// Reads what a [BitWriter.Column] wrote.
  final class Column {
    private int width;

    /// To be called after the reader was opened.
    void restart() {
      width = 0;
    }

    long read() {
      long ahead = look();
      if (ahead >= 0) {
        position++;
        return 0;
      }
      position += 2;
      if ((ahead & 1L << 62) != 0) {
        width = (int) BitReader.this.read(6) + 1;
      }
      return BitReader.this.read(width);
    }
  }
}
