package io.fleetward.service.scoring;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Writes numbers and texts into few bytes, to be read by [PackedReader]. Confined to one thread.
final class PackedWriter {
  private byte[] bytes = new byte[512];
  private int size;

  /// Texts that were written before, which are written as their numbers.
  private final Map<String, Integer> texts = new HashMap<>();

  void number(long value) {
    reserve(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  void text(String text) {
    Integer known = texts.putIfAbsent(text, texts.size());
    if (known != null) {
      number(known);
      return;
    }
    number(texts.size() - 1L);
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] more) {
    number(more.length);
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  /// Writes bits of which some bytes at both ends are zero: how many these are, and the others.
  void bits(long value) {
    reserve(9);
    int left = Long.numberOfLeadingZeros(value) / 8;
    int right = left == 8 ? 0 : Long.numberOfTrailingZeros(value) / 8;
    bytes[size++] = (byte) ((left << 4) | right);
    for (int at = right; at < 8 - left; at++) {
      bytes[size++] = (byte) (value >>> (8 * at));
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
