package io.fleetward.protocol.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes protobuf's wire format into a growing array. Confined to one thread.
final class ProtobufWriter {
  static final int MAX_VARINT_BYTES = 10;

  private byte[] bytes = new byte[1024];
  private int size;

  int size() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  void clear() {
    size = 0;
  }

  void varint(long value) {
    reserve(MAX_VARINT_BYTES);
    size = writeVarint(bytes, size, value);
  }

  void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  void text(int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    message(field, utf8, utf8.length);
  }

  /// A field that holds all that another writer has.
  void message(int field, ProtobufWriter content) {
    message(field, content.bytes, content.size);
  }

  private void message(int field, byte[] content, int length) {
    tag(field, ProtobufReader.BYTES);
    varint(length);
    reserve(length);
    System.arraycopy(content, 0, bytes, size, length);
    size += length;
  }

  /// Leaves room for bytes that are written later.
  void zeros(int count) {
    reserve(count);
    Arrays.fill(bytes, size, size + count, (byte) 0);
    size += count;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /// @return the position after the number
  static int writeVarint(byte[] target, int position, long value) {
    int at = position;
    long left = value;
    while ((left & ~0x7fL) != 0) {
      target[at++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    target[at++] = (byte) left;
    return at;
  }
}
