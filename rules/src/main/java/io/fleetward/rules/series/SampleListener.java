package io.fleetward.rules.series;

/// Hears of samples as they are stored.
@FunctionalInterface
public interface SampleListener {
  /// @param value [io.fleetward.protocol.metrics.StaleMarker#VALUE] where the series ended
  void stored(int slot, long timeMillis, double value);
}
