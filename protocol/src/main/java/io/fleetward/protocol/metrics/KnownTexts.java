package io.fleetward.protocol.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Short texts that were read before, found by their bytes: requests repeat the same label names
/// and values for ever, and finding one costs a fraction of making it again.
///
/// A table of fixed size in which each text has one place; a newer one takes the place of an older.
/// Thread safe without locks: entries are immutable, and a race forgets one of them at most.
final class KnownTexts {
  /// Longer texts are mostly of a kind that does not come again.
  static final int MOST_BYTES = 128;

  private static final int PLACES = 1 << 15;
  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Odd, its bits spread: 2^64 divided by the golden ratio.
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  /// Remembers next to nothing; for readers that read no texts.
  static final KnownTexts FEW = new KnownTexts(1);

  private final @Nullable Entry[] table;

  @SuppressWarnings("ArrayRecordComponent") // found by its content, never compared
  private record Entry(byte[] bytes, String text) {
    boolean is(byte[] body, int start, int length) {
      return length == bytes.length && Arrays.equals(bytes, 0, length, body, start, start + length);
    }
  }

  KnownTexts() {
    this(PLACES);
  }

  /// @param places a power of two
  private KnownTexts(int places) {
    table = new Entry[places];
  }

  /// The text of some bytes; what is not valid UTF-8 in them becomes U+FFFD.
  String text(byte[] body, int start, int length) {
    if (length > MOST_BYTES) {
      return new String(body, start, length, StandardCharsets.UTF_8);
    }
    int place = place(body, start, length);
    Entry entry = table[place];
    if (entry == null || !entry.is(body, start, length)) {
      byte[] bytes = Arrays.copyOfRange(body, start, start + length);
      entry = new Entry(bytes, new String(bytes, StandardCharsets.UTF_8));
      table[place] = entry;
    }
    return entry.text();
  }

  private int place(byte[] body, int start, int length) {
    long hash = length;
    int at = start;
    for (int end = start + length - Long.BYTES; at <= end; at += Long.BYTES) {
      hash = (hash ^ (long) LITTLE_ENDIAN_LONG.get(body, at)) * SPREAD;
      hash ^= hash >>> 32;
    }
    long rest = 0;
    for (; at < start + length; at++) {
      rest = (rest << 8) | (body[at] & 0xff);
    }
    hash = (hash ^ rest) * SPREAD;
    return (int) (hash >>> 33) & (table.length - 1);
  }
}
