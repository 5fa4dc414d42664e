package io.fleetward.service.desk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An incident as people see it.
///
/// @param state `open` or `resolved`
/// @param severity the severest of its alerts': `info`, `warning` or `critical`
/// @param resolvedAt null while open
/// @param alerts its alerts as last heard of
/// @param timeline what happened, oldest first
/// @param fault what kind of fault it looks like or is said to be; null if nobody told
public record IncidentView(
    String id,
    String instance,
    String title,
    String state,
    String severity,
    Instant openedAt,
    @Nullable Instant resolvedAt,
    List<AlertView> alerts,
    List<TimelineEntry> timeline,
    List<String> remediations,
    @Nullable FaultView fault) {
  public IncidentView {
    alerts = List.copyOf(alerts);
    timeline = List.copyOf(timeline);
    remediations = List.copyOf(remediations);
  }

  /// @param state `pending`, `firing` or `resolved`
  /// @param evaluatedAt the newest evaluation heard of
  public record AlertView(
      Map<String, String> labels,
      Map<String, String> annotations,
      String state,
      double value,
      Instant activeAt,
      Instant evaluatedAt) {
    public AlertView {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }
  }

  /// @param what one of `first-anomalous-score`, `alert-pending`, `alert-firing`,
  ///   `incident-opened`, `proposed`, `approved`, `rejected`, `dispatched`, `started`, `done`,
  ///   `verified`, `escalated`, `alert-resolved`, `incident-resolved`, `undetermined`,
  ///   `heard-again`, `fault-kind`, `fault-stated`, or another kebab-case event
  /// @param detail for a person
  public record TimelineEntry(Instant at, String what, String detail) {}
}
