package io.fleetward.agent.action;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The end of what a process printed; reads on for as long as it prints and keeps a bounded part.
/// Read by one thread, asked by another.
final class OutputTail {
  static final int MOST_BYTES = 8 * 1024;

  private final byte[] ring = new byte[MOST_BYTES];
  private long total;

  /// Reads until the end of the stream or until it is closed.
  void drain(InputStream stream) {
    byte[] buffer = new byte[4096];
    try {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        add(buffer, count);
      }
    } catch (IOException _) {
      // closed under us: the process was ended
    }
  }

  private synchronized void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      ring[(int) (total++ % MOST_BYTES)] = bytes[i];
    }
  }

  /// What is kept, as text without secrets and without control characters but line ends and tabs.
  synchronized String text() {
    int kept = (int) Math.min(total, MOST_BYTES);
    byte[] bytes = new byte[kept];
    for (int i = 0; i < kept; i++) {
      bytes[i] = ring[(int) ((total - kept + i) % MOST_BYTES)];
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(point -> point == '\n' || point == '\t' || !Character.isISOControl(point))
        .forEach(clean::appendCodePoint);
    return Redaction.of(clean.toString());
  }
}
