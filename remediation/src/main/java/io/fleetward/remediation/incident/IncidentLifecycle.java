package io.fleetward.remediation.incident;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.protocol.messages.AlertMessage.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Decides when incidents open and resolve. Pure: the caller brings the time and stores the result.
public final class IncidentLifecycle {
  private IncidentLifecycle() {}

  /// A new incident for an alert that fires and belongs to none.
  public static Incident.Open open(String id, AlertMessage alert, Instant now) {
    IncidentKey key = IncidentKey.of(alert);
    String title =
        alert
            .annotations()
            .getOrDefault("summary", "%s on %s".formatted(key.alertName(), key.instance()));
    return new Incident.Open(id, key, title, Severity.of(alert), now);
  }

  /// An open incident after one of its alerts was heard.
  ///
  /// @param alerts all alerts of the incident as last heard of
  public static Incident next(Incident.Open open, Collection<AlertMessage> alerts, Instant now) {
    boolean firing = alerts.stream().anyMatch(alert -> alert.state() instanceof State.Firing);
    Severity severity =
        alerts.stream().map(Severity::of).reduce(open.severity(), Severity::orWorse);
    return firing
        ? new Incident.Open(open.id(), open.key(), open.title(), severity, open.openedAt())
        : new Incident.Resolved(
            open.id(), open.key(), open.title(), severity, open.openedAt(), now);
  }

  /// What an alert's message tells about its past, oldest first.
  public static List<TimelineEntry> history(AlertMessage alert) {
    List<TimelineEntry> entries = new ArrayList<>();
    Instant anomalousSince = alert.anomalousSince();
    if (anomalousSince != null && !isAfterTheEnd(anomalousSince, alert.state())) {
      entries.add(new TimelineEntry(anomalousSince, "first-anomalous-score", contributions(alert)));
    }
    String name = IncidentKey.of(alert).alertName();
    entries.add(new TimelineEntry(alert.state().activeAt(), "alert-pending", name));
    switch (alert.state()) {
      case State.Pending _ -> {}
      case State.Firing(_, Instant firedAt) ->
          entries.add(new TimelineEntry(firedAt, "alert-firing", evidence(alert, name)));
      case State.Resolved(_, Instant firedAt, Instant resolvedAt) -> {
        if (firedAt != null) {
          entries.add(new TimelineEntry(firedAt, "alert-firing", name));
        }
        entries.add(new TimelineEntry(resolvedAt, "alert-resolved", name));
      }
      case State.Dropped(_, Instant firedAt, Instant droppedAt) -> {
        entries.add(new TimelineEntry(firedAt, "alert-firing", name));
        entries.add(
            new TimelineEntry(
                droppedAt, "alert-dropped", name + ": its rule is no longer in force"));
      }
    }
    return entries;
  }

  /// What kind of fault the incident's host seems to have.
  ///
  /// @param at when that was told, in the broker's time
  public static TimelineEntry faultKind(FaultSigns signs, Instant at) {
    String kinds =
        signs.kinds().stream()
            .map(each ->
                String.format(Locale.ROOT, "%s %.0f %%", each.kind(), 100 * each.probability()))
            .collect(Collectors.joining(", "));
    String told =
        signs.deviations().stream()
            .limit(3)
            .map(part ->
                String.format(
                    Locale.ROOT,
                    "%s %.3g, expected %.3g",
                    part.feature(),
                    part.actual(),
                    part.expected()))
            .collect(Collectors.joining("; "));
    String reason = signs.reason().isEmpty() ? "" : " (%s)".formatted(signs.reason());
    return new TimelineEntry(
        at, "fault-kind", told.isEmpty() ? kinds + reason : kinds + reason + ", told from " + told);
  }

  /// An alert that resolved is told again for a while, when its host may be anomalous once more.
  private static boolean isAfterTheEnd(Instant at, State state) {
    return switch (state) {
      case State.Pending _, State.Firing _ -> false;
      case State.Resolved(_, _, Instant resolvedAt) -> !at.isBefore(resolvedAt);
      case State.Dropped(_, _, Instant droppedAt) -> !at.isBefore(droppedAt);
    };
  }

  private static String evidence(AlertMessage alert, String name) {
    return "%s: %.4g from %s"
        .formatted(name, alert.value(), alert.expression().strip().replaceAll("\\s+", " "));
  }

  private static String contributions(AlertMessage alert) {
    List<String> parts =
        alert.contributions().stream()
            .limit(3)
            .map(part ->
                "%s %.0f %% (%.3g, expected %.3g)"
                    .formatted(part.feature(), 100 * part.share(), part.actual(), part.expected()))
            .toList();
    return String.join("; ", parts);
  }
}
