package io.fleetward.remediation.incident;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.remediation.digest.ContentDigest;

/// What tells one alert from every other: SHA-256, in hexadecimal, of its instance and labels.
public record AlertFingerprint(String text) {
  public static AlertFingerprint of(AlertMessage alert) {
    return new AlertFingerprint(
        new ContentDigest("alert")
            .field("instance", alert.instance())
            .field("labels", alert.labels())
            .hex());
  }
}
