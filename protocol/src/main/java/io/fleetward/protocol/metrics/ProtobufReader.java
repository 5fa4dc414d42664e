package io.fleetward.protocol.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads protobuf's wire format from an array. Every length is checked against what is left before
/// it is used, and nothing is allocated but texts that are not known. Confined to one thread.
final class ProtobufReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_VARINT_BYTES = 10;
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] body;
  private final KnownTexts texts;
  private int position;
  private int limit;

  ProtobufReader(byte[] body, KnownTexts texts) {
    this.body = body;
    this.texts = texts;
    this.limit = body.length;
  }

  int position() {
    return position;
  }

  /// Whether the current message goes on.
  boolean hasMore() {
    return position < limit;
  }

  /// Narrows reading to the message of `length` bytes that starts here.
  ///
  /// @return the limit to hand to [#leave] when that message has been read
  int enter(int length) {
    int outer = limit;
    limit = position + length;
    return outer;
  }

  /// Goes on with the outer message.
  void leave(int outerLimit) {
    limit = outerLimit;
  }

  /// Starts again at a place that was read before.
  void rewind(int earlierPosition) {
    position = earlierPosition;
  }

  /// A field's number and wire type: `number << 3 | type`.
  int tag() throws RejectedBodyException {
    int at = position;
    long tag = varint();
    if (tag < 8 || tag > 0xffff_ffffL) {
      throw new RejectedBodyException("no protobuf field starts here", at);
    }
    return (int) tag;
  }

  long varint() throws RejectedBodyException {
    int at = position;
    if (at < limit && body[at] >= 0) {
      position = at + 1;
      return body[at];
    }
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      if (position >= limit) {
        throw new RejectedBodyException("the message ends within a number", position);
      }
      byte next = body[position++];
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new RejectedBodyException("a number is longer than 10 bytes", at);
  }

  long fixed64() throws RejectedBodyException {
    require(Long.BYTES);
    long value = (long) LITTLE_ENDIAN_LONG.get(body, position);
    position += Long.BYTES;
    return value;
  }

  /// A length that is known to lie within the current message.
  int length() throws RejectedBodyException {
    int at = position;
    long length = varint();
    if (length < 0 || length > limit - position) {
      throw new RejectedBodyException(
          "a length of %s bytes where %d are left"
              .formatted(Long.toUnsignedString(length), limit - position),
          at);
    }
    return (int) length;
  }

  /// Passes over as many bytes as [#length] just told.
  void skipBytes(int length) {
    position += length;
  }

  /// Passes over bytes that are the same as some of another array; otherwise stays.
  boolean skipIfEqual(byte[] other, int from, int to) {
    int length = to - from;
    if (length > limit - position
        || !Arrays.equals(other, from, to, body, position, position + length)) {
      return false;
    }
    position += length;
    return true;
  }

  /// Passes over the value of a field that nobody reads.
  void skip(int tag) throws RejectedBodyException {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> skipFixed(Long.BYTES);
      case BYTES -> skipBytes(length());
      case FIXED32 -> skipFixed(Integer.BYTES);
      default -> throw new RejectedBodyException("unknown wire type " + (tag & 7), position);
    }
  }

  /// @throws RejectedBodyException if a known field does not have the wire type it should have
  void expect(int tag, int wireType) throws RejectedBodyException {
    if ((tag & 7) != wireType) {
      throw new RejectedBodyException(
          "field %d has wire type %d, not %d".formatted(tag >>> 3, tag & 7, wireType), position);
    }
  }

  /// The UTF-8 text at a place that was found by [#length].
  String text(int start, int length) throws RejectedBodyException {
    String text = texts.text(body, start, length);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    try {
      // the text may really hold that character
      CharBuffer strict =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, start, length));
      return strict.toString();
    } catch (CharacterCodingException _) {
      throw new RejectedBodyException("a text is not UTF-8", start);
    }
  }

  private void skipFixed(int bytes) throws RejectedBodyException {
    require(bytes);
    position += bytes;
  }

  private void require(int bytes) throws RejectedBodyException {
    if (limit - position < bytes) {
      throw new RejectedBodyException("the message ends within a number", position);
    }
  }
}
