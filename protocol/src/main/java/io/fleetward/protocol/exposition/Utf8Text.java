package io.fleetward.protocol.exposition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Makes texts of bytes. Confined to one thread.
final class Utf8Text {
  private final CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
  private byte[] unescaped = new byte[256];

  /// A text as it stands.
  ///
  /// @throws CharacterCodingException if it is not UTF-8
  String of(byte[] bytes, int start, int end) throws CharacterCodingException {
    return strict.decode(ByteBuffer.wrap(bytes, start, end - start)).toString();
  }

  /// A text between quotes, its escapes resolved; what is none stays as it is.
  String ofQuoted(byte[] bytes, int start, int end) throws CharacterCodingException {
    if (unescaped.length < end - start) {
      unescaped = Arrays.copyOf(unescaped, Math.max(2 * unescaped.length, end - start));
    }
    int length = 0;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      byte next = i + 1 < end ? bytes[i + 1] : 0;
      if (b == '\\' && (next == 'n' || next == '\\' || next == '"')) {
        b = next == 'n' ? (byte) '\n' : next;
        i++;
      }
      unescaped[length++] = b;
    }
    return of(unescaped, 0, length);
  }

  /// A text for a message, whatever it is.
  String ofAny(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8)
        .replaceAll("\\p{Cntrl}", "?");
  }
}
