package io.fleetward.rules.testing;

import io.fleetward.protocol.metrics.StaleMarker;

/// Numbers that are the same but for rounding.
final class AlmostEqual {
  private AlmostEqual() {}

  /// Whether two numbers differ by at most a share of their size; NaN equals NaN, and a stale
  /// marker only itself.
  static boolean test(double a, double b, double share) {
    if (StaleMarker.is(a) || StaleMarker.is(b)) {
      return StaleMarker.is(a) && StaleMarker.is(b);
    }
    if ((Double.isNaN(a) && Double.isNaN(b)) || a == b) {
      return true;
    }
    double size = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    if (a == 0 || b == 0 || size < Double.MIN_NORMAL) {
      return difference < share * Double.MIN_NORMAL;
    }
    return difference / Math.min(size, Double.MAX_VALUE) < share;
  }
}
