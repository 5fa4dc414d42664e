package io.fleetward.agent.action;

import io.fleetward.protocol.messages.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the moment of judging looks like.
///
/// @param hostNow the host's wall clock
/// @param brokerOffset how far the broker's clock is ahead of it; null while unknown
/// @param heartbeat the newest heartbeat that a trusted key signed; null if there is none
public record Circumstances(
    Instant hostNow, @Nullable Duration brokerOffset, @Nullable Heartbeat heartbeat) {
  /// The broker's time; the host's own where the broker's is unknown.
  Instant brokerNow() {
    return brokerOffset == null ? hostNow : hostNow.plus(brokerOffset);
  }
}
