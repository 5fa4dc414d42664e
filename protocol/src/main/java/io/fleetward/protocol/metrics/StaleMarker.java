package io.fleetward.protocol.metrics;

/// The NaN with which Prometheus marks that a series has ended; told from others by its bits.
public final class StaleMarker {
  /// Prometheus' `value.StaleNaN`.
  public static final long BITS = 0x7ff0000000000002L;

  public static final double VALUE = Double.longBitsToDouble(BITS);

  private StaleMarker() {}

  public static boolean is(double value) {
    return Double.doubleToRawLongBits(value) == BITS;
  }
}
