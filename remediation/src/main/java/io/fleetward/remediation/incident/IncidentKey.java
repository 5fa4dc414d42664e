package io.fleetward.remediation.incident;

import io.fleetward.protocol.messages.AlertMessage;

/// What alerts have in common that belong to one incident: for now a host and an alert's name.
public record IncidentKey(String instance, String alertName) {
  public static IncidentKey of(AlertMessage alert) {
    return new IncidentKey(alert.instance(), alert.labels().getOrDefault("alertname", ""));
  }

  /// One text for this key that no other key has.
  public String text() {
    return "%d:%s:%s".formatted(instance.length(), instance, alertName);
  }
}
