package io.fleetward.service.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key that a host was enrolled with.
///
/// @param fingerprint SHA-256, in hexadecimal, of the public key
/// @param enrolledBy who made the token that it came with
/// @param revokedAt null while it is in force
public record HostKeyView(
    String instance,
    String fingerprint,
    Instant enrolledAt,
    String enrolledBy,
    @Nullable Instant revokedAt,
    @Nullable String revokedBy) {}
