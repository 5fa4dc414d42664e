package io.fleetward.remediation.incident;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
    if (anomalousSince != null) {
      entries.add(new TimelineEntry(anomalousSince, "first-anomalous-score", contributions(alert)));
    }
    String labels = Labels.from(alert.labels()).toString();
    entries.add(new TimelineEntry(alert.state().activeAt(), "alert-pending", labels));
    switch (alert.state()) {
      case State.Pending _ -> {}
      case State.Firing(_, Instant firedAt) ->
          entries.add(new TimelineEntry(firedAt, "alert-firing", evidence(alert, labels)));
      case State.Resolved(_, Instant firedAt, Instant resolvedAt) -> {
        entries.add(new TimelineEntry(firedAt, "alert-firing", labels));
        entries.add(new TimelineEntry(resolvedAt, "alert-resolved", labels));
      }
    }
    return entries;
  }

  private static String evidence(AlertMessage alert, String labels) {
    return "%s: %s was %s".formatted(labels, alert.expression(), alert.value());
  }

  private static String contributions(AlertMessage alert) {
    List<String> parts =
        alert.contributions().stream()
            .limit(3)
            .map(part ->
                "%s %.0f %%: %s, expected %s"
                    .formatted(part.feature(), 100 * part.share(), part.actual(), part.expected()))
            .toList();
    return String.join("; ", parts);
  }
}
