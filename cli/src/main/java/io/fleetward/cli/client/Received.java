package io.fleetward.cli.client;

/// An answer of the service.
///
/// @param json as it came, for `--json`
public record Received<T>(T value, String json) {}
