package io.fleetward.service.fleet;

import io.fleetward.protocol.configuration.Settings;
import java.time.Duration;

/// How hosts are looked at together.
///
/// @param interval between two ticks; a group with an `interval` of its own is evaluated at the
///   first tick in each multiple of it
/// @param grace how long after a tick samples of that tick may still arrive
/// @param silentAfter how long a host that says nothing counts as up
/// @param forgetAfter how long a host that says nothing is remembered
/// @param leastPeers fewer hosts of a class are not compared with each other; at least 5
public record FleetSettings(
    Duration interval, Duration grace, Duration silentAfter, Duration forgetAfter, int leastPeers) {
  public static final FleetSettings DEFAULT =
      new FleetSettings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofDays(7),
          8);

  public static FleetSettings from(Settings settings) {
    return new FleetSettings(
        settings.duration("scoring.fleet.interval", DEFAULT.interval()),
        settings.duration("scoring.fleet.grace", DEFAULT.grace()),
        settings.duration("scoring.silent-after", DEFAULT.silentAfter()),
        settings.duration("scoring.forget-after", DEFAULT.forgetAfter()),
        settings.integer("scoring.peers.minimum-hosts", DEFAULT.leastPeers(), 5, 1_000_000));
  }

  /// How far a component's newest sample may be ahead of the tick that is evaluated: the grace, and
  /// what a host's clock may be ahead.
  public long lateMillis() {
    return grace.plus(interval).plusMinutes(1).toMillis();
  }

  /// The last tick that is not after a time.
  public long tickBefore(long timeMillis) {
    return Math.floorDiv(timeMillis, interval.toMillis()) * interval.toMillis();
  }
}
