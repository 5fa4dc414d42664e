package io.fleetward.remediation.incident;

import java.time.Instant;

/// One thing that happened in an incident.
///
/// @param what in kebab case, such as `alert-firing` or `dispatched`
/// @param detail for a person
public record TimelineEntry(Instant at, String what, String detail) {}
