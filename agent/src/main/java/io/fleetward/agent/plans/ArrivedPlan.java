package io.fleetward.agent.plans;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A record of the plans topic with this host's key.
///
/// @param appendedAt when the broker appended it; null where the topic does not tell the broker's
///   time
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ArrivedPlan(byte[] envelope, @Nullable Instant appendedAt) {}
