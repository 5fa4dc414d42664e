package io.fleetward.agent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// When a host is scraped: at a place in the interval that its identity alone decides, so that a
/// fleet that is started at once does not arrive at once, and that a restart keeps the rhythm.
///
/// @param instance the host's identity
record ScrapeTimes(String instance, Duration interval) {
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /// How long to wait for the first scrape; less than the interval.
  ///
  /// @param nowMillis on the host's clock
  Duration untilFirst(long nowMillis) {
    long millis = interval.toMillis();
    return Duration.ofMillis(Math.floorMod(Math.floorMod(hash(), millis) - nowMillis, millis));
  }

  /// Spreads names that differ in one character as well as any.
  private long hash() {
    long hash = FNV_BASIS;
    for (byte one : instance.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * FNV_PRIME;
    }
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }
}
