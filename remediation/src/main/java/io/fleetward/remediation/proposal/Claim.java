package io.fleetward.remediation.proposal;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.remediation.incident.AlertFingerprint;
import java.time.Instant;
import java.util.Map;

/// What is held to be wrong.
///
/// @param incident the incident's id
/// @param alert the alert's fingerprint
/// @param activeAt since when the alert's expression has held: another time is another episode
public record Claim(
    String incident,
    String alert,
    String alertName,
    Map<String, String> alertLabels,
    Instant activeAt,
    Incarnation incarnation) {
  public Claim {
    alertLabels = Map.copyOf(alertLabels);
  }

  public static Claim of(String incident, AlertMessage alert) {
    return new Claim(
        incident,
        AlertFingerprint.of(alert).text(),
        alert.labels().getOrDefault("alertname", ""),
        alert.labels(),
        alert.state().activeAt(),
        Incarnation.of(Labels.from(alert.labels())));
  }

  /// Whether a message is about this alert in this episode.
  public boolean isAbout(AlertMessage message) {
    return alert.equals(AlertFingerprint.of(message).text())
        && activeAt.equals(message.state().activeAt());
  }
}
