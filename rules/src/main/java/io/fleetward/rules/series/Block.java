package io.fleetward.rules.series;

import io.fleetward.protocol.metrics.StaleMarker;
import java.util.Arrays;

/// A run of old samples of one series, compressed, with what long ranges ask about it. Immutable.
///
/// Times are kept as differences of differences, values as the bytes in which each differs from the
/// one before.
@SuppressWarnings("ArrayRecordComponent") // stays within this package, never compared
record Block(byte[] bytes, int size, long firstTime, long lastTime, Summary summary) {
  /// Compresses samples.
  ///
  /// @param offsets milliseconds after `baseMillis`
  /// @param from position of the first, `to` that after the last
  static Block of(long baseMillis, int[] offsets, double[] values, int from, int to) {
    byte[] bytes = new byte[(to - from) * 19];
    int at = 0;
    long time = offsets[from];
    long step = 0;
    long bits = 0;
    for (int i = from; i < to; i++) {
      long newStep = offsets[i] - time;
      at = writeVarint(bytes, at, zigzag(newStep - step));
      step = newStep;
      time = offsets[i];
      long newBits = Double.doubleToRawLongBits(values[i]);
      at = writeDifference(bytes, at, bits ^ newBits);
      bits = newBits;
    }
    return new Block(
        Arrays.copyOf(bytes, at),
        to - from,
        baseMillis + offsets[from],
        baseMillis + offsets[to - 1],
        Summary.of(baseMillis, offsets, values, from, to));
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private static int writeVarint(byte[] bytes, int start, long value) {
    int at = start;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return at;
  }

  /// Writes a byte that says how many zero bytes trail and how many bytes follow, and those bytes.
  private static int writeDifference(byte[] bytes, int start, long difference) {
    int at = start;
    int trailing = difference == 0 ? 0 : Long.numberOfTrailingZeros(difference) / 8;
    int length = difference == 0 ? 0 : 8 - trailing - Long.numberOfLeadingZeros(difference) / 8;
    bytes[at++] = (byte) (trailing << 4 | length);
    long rest = difference >>> (8 * trailing);
    for (int i = 0; i < length; i++) {
      bytes[at++] = (byte) rest;
      rest >>>= 8;
    }
    return at;
  }

  /// Receives samples one by one.
  interface Sink {
    void add(long timeMillis, double value);

    /// Receives the time of a stale marker, which only a search for the newest sample looks at.
    default void mark(long timeMillis) {}
  }

  /// Hands over the samples in (`afterMillis`, `untilMillis`].
  void read(long afterMillis, long untilMillis, Sink sink) {
    int at = 0;
    long time = firstTime;
    long step = 0;
    long bits = 0;
    for (int i = 0; i < size; i++) {
      long value = 0;
      int shift = 0;
      byte next;
      do {
        next = bytes[at++];
        value |= (next & 0x7FL) << shift;
        shift += 7;
      } while (next < 0);
      step += (value >>> 1) ^ -(value & 1);
      time += step;
      int control = bytes[at++];
      int trailing = control >>> 4 & 0xF;
      int length = control & 0xF;
      long difference = 0;
      for (int b = 0; b < length; b++) {
        difference |= (bytes[at++] & 0xFFL) << (8 * b);
      }
      bits ^= difference << (8 * trailing);
      if (time > untilMillis) {
        return;
      }
      double sample = Double.longBitsToDouble(bits);
      if (time > afterMillis && StaleMarker.is(sample)) {
        sink.mark(time);
      } else if (time > afterMillis) {
        sink.add(time, sample);
      }
    }
  }
}
