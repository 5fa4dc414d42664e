package io.fleetward.protocol.metrics;

import org.jspecify.annotations.Nullable;

/// The texts of one 2.0 request: found first, made into strings when a label refers to them.
/// Confined to one thread.
final class SymbolTable {
  private final ProtobufReader reader;
  private final int[] starts;
  private final int[] lengths;
  private final @Nullable String[] texts;
  private int size;

  SymbolTable(ProtobufReader reader, int capacity) {
    this.reader = reader;
    this.starts = new int[capacity];
    this.lengths = new int[capacity];
    this.texts = new String[capacity];
  }

  void add(int start, int length) {
    starts[size] = start;
    lengths[size] = length;
    size++;
  }

  /// @param reference as read; may point anywhere
  /// @param mostBytes how long the text may be
  /// @param at where the reference stands, for the rejection
  String text(long reference, int mostBytes, int at) throws RejectedBodyException {
    if (reference < 0 || reference >= size) {
      throw new RejectedBodyException(
          "a label refers to symbol %s of %d".formatted(Long.toUnsignedString(reference), size),
          at);
    }
    int index = (int) reference;
    if (lengths[index] > mostBytes) {
      throw new RejectedBodyException(
          "a label's text has %d bytes; the limit is %d".formatted(lengths[index], mostBytes), at);
    }
    String text = texts[index];
    if (text == null) {
      text = reader.text(starts[index], lengths[index]);
      texts[index] = text;
    }
    return text;
  }
}
