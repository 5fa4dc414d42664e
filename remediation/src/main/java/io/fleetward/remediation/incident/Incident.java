package io.fleetward.remediation.incident;

import java.time.Instant;

/// Firing alerts that belong together. Each state carries only what is true in it.
public sealed interface Incident {
  String id();

  IncidentKey key();

  String title();

  Severity severity();

  Instant openedAt();

  /// At least one of its alerts fires.
  record Open(String id, IncidentKey key, String title, Severity severity, Instant openedAt)
      implements Incident {}

  /// None of its alerts fires any more. It stays so: an alert that fires again opens a new one.
  record Resolved(
      String id,
      IncidentKey key,
      String title,
      Severity severity,
      Instant openedAt,
      Instant resolvedAt)
      implements Incident {}
}
