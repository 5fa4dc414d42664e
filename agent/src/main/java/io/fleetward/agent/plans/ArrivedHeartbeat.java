package io.fleetward.agent.plans;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A record of the heartbeats topic.
///
/// @param offset its place in the log
/// @param appendedAt when the broker appended it; null where the topic does not tell the broker's
///   time
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ArrivedHeartbeat(byte[] envelope, long offset, @Nullable Instant appendedAt) {}
