package io.fleetward.rules.language;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// String literals as Go writes them.
///
/// A Go string holds bytes. Bytes that are not UTF-8, which only an escape like `\xc5` can make,
/// are kept as lone surrogates U+DC80 to U+DCFF and written as escapes again.
public final class GoStrings {
  private static final int BYTE_ESCAPE = 0xDC00;

  private GoStrings() {}

  /// The value of a literal's body, without its quotes; empty if an escape is malformed.
  ///
  /// @param quote the quote character around it; a back quote leaves everything as it is
  public static Optional<String> unquote(String body, char quote) {
    if (quote == '`') {
      return Optional.of(body.replace("\r", ""));
    }
    if (body.indexOf('\\') < 0) {
      return Optional.of(body);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length()) {
      int c = body.codePointAt(at);
      if (c != '\\') {
        write(bytes, c);
        at += Character.charCount(c);
      } else {
        at = escape(body, at + 1, quote, bytes);
        if (at < 0) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(decode(bytes.toByteArray()));
  }

  /// Writes what an escape stands for; returns the position after it, or -1 if it is malformed.
  private static int escape(String body, int at, char quote, ByteArrayOutputStream bytes) {
    if (at >= body.length()) {
      return -1;
    }
    char c = body.charAt(at);
    int simple = "abfnrtv\\".indexOf(c);
    if (simple >= 0) {
      bytes.write("\u0007\b\f\n\r\t\u000b\\".charAt(simple));
      return at + 1;
    }
    if (c == quote) {
      bytes.write(c);
      return at + 1;
    }
    return switch (c) {
      case 'x' -> number(body, at + 1, 2, 16, 0xFF, true, bytes);
      case 'u' -> number(body, at + 1, 4, 16, Character.MAX_CODE_POINT, false, bytes);
      case 'U' -> number(body, at + 1, 8, 16, Character.MAX_CODE_POINT, false, bytes);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(body, at, 3, 8, 0xFF, true, bytes);
      default -> -1;
    };
  }

  private static int number(
      String body,
      int at,
      int digits,
      int radix,
      int most,
      boolean isByte,
      ByteArrayOutputStream bytes) {
    if (at + digits > body.length()) {
      return -1;
    }
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(body.charAt(i), radix);
      if (digit < 0 || body.charAt(i) > 'f') {
        return -1;
      }
      value = value * radix + digit;
    }
    if (value > most || (!isByte && value >= 0xD800 && value <= 0xDFFF)) {
      return -1;
    }
    if (isByte) {
      bytes.write((int) value);
    } else {
      write(bytes, (int) value);
    }
    return at + digits;
  }

  private static void write(ByteArrayOutputStream bytes, int codePoint) {
    bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      return decodeLeniently(bytes);
    }
  }

  private static String decodeLeniently(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    while (in.hasRemaining()) {
      var result = decoder.decode(in, out, true);
      text.append(out.flip());
      out.clear();
      for (int i = 0; result.isError() && i < result.length(); i++) {
        text.append((char) (BYTE_ESCAPE + (in.get() & 0xFF)));
      }
      decoder.reset();
    }
    return text.toString();
  }

  /// Whether a text holds only characters, not bytes that no character has.
  public static boolean isUtf8(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  /// A text between double quotes, with Go's escapes.
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> appendQuoted(quoted, c));
    return quoted.append('"').toString();
  }

  private static void appendQuoted(StringBuilder quoted, int c) {
    int simple = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
    if (simple >= 0) {
      quoted.append('\\').append("abfnrtv\\\"".charAt(simple));
    } else if (c >= BYTE_ESCAPE + 0x80 && c <= BYTE_ESCAPE + 0xFF) {
      quoted.append("\\x").append(HexFormat.of().toHexDigits((byte) (c - BYTE_ESCAPE)));
    } else if (c < 0x20 || c == 0x7F) {
      quoted.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
    } else {
      quoted.appendCodePoint(c);
    }
  }
}
