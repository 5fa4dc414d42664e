package io.fleetward.service.control;

import java.time.Instant;

/// A record as it came.
///
/// @param key empty if it had none
/// @param appendedAt when the broker appended it
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record Inbound(String topic, String key, byte[] value, Instant appendedAt) {}
