package io.fleetward.service.desk;

import java.time.Instant;

/// A pause in force: no action starts anywhere while there is one.
public record PauseView(String id, String reason, String owner, Instant since) {}
