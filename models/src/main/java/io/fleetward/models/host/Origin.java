package io.fleetward.models.host;

import io.fleetward.models.registry.Champions;
import java.nio.charset.StandardCharsets;

/// The version from which a host began; both empty if it began cold.
record Origin(String hostClass, String version) {
  static final Origin COLD = new Origin("", "");

  private static final char BETWEEN = '\n';

  byte[] toBytes() {
    return (version + BETWEEN + hostClass).getBytes(StandardCharsets.UTF_8);
  }

  static Origin of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int between = text.indexOf(BETWEEN);
    return between < 0 ? COLD : new Origin(text.substring(between + 1), text.substring(0, between));
  }

  /// Whether a person took the version back since.
  boolean isTakenBack(String model, Champions champions) {
    return !version.isEmpty() && champions.isRolledBack(model, hostClass, version);
  }
}
