package io.fleetward.service.scoring;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads what [PackedWriter] wrote. Confined to one thread.
///
/// What is not of it ends in an [IndexOutOfBoundsException] or an [IllegalArgumentException].
final class PackedReader {
  private final byte[] bytes;
  private int position;
  private final List<String> texts = new ArrayList<>();

  PackedReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte next = bytes[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is too long");
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  /// A number of things that take at least a byte each.
  int count() {
    long count = number();
    if (count < 0 || count > bytes.length - position) {
      throw new IllegalArgumentException(count + " things in fewer bytes");
    }
    return (int) count;
  }

  String text() {
    long number = number();
    if (number == texts.size()) {
      texts.add(new String(bytes(), StandardCharsets.UTF_8));
    }
    return texts.get(Math.clamp(number, -1, texts.size()));
  }

  byte[] bytes() {
    int length = count();
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  long bits() {
    int form = bytes[position++];
    long value = 0;
    for (int at = form & 0xf; at < 8 - (form >> 4); at++) {
      value |= (bytes[position++] & 0xffL) << (8 * at);
    }
    return value;
  }

  boolean isAtEnd() {
    return position == bytes.length;
  }
}
