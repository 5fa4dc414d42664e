package io.fleetward.protocol.signing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// RFC 7468 text around a key.
final class Pem {
  private Pem() {}

  static String encode(String label, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, lines.encodeToString(der), label);
  }

  /// @throws IllegalArgumentException if the text is not PEM with this label
  static byte[] decode(String label, String pem) {
    String begin = "-----BEGIN %s-----".formatted(label);
    String end = "-----END %s-----".formatted(label);
    int from = pem.indexOf(begin);
    int to = pem.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no \"%s\" found".formatted(begin));
    }
    return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
  }
}
