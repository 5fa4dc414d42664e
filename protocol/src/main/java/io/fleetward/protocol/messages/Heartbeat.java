package io.fleetward.protocol.messages;

import java.time.Duration;
import java.time.Instant;

/// A service's sign of life. Agents start nothing without a fresh one, and nothing while it says
/// paused. Travels only inside a signed envelope.
///
/// @param service the service instance that sent it
/// @param sentAt in the broker's time as the service knows it
/// @param pauseReason who paused and why; empty while not paused
public record Heartbeat(String service, Instant sentAt, boolean paused, String pauseReason) {
  /// How often a service sends one.
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  /// How old one may be for an action to start (I17: a pause reaches every host within 30 s).
  public static final Duration FRESH = Duration.ofSeconds(30);
}
