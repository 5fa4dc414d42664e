package io.fleetward.remediation.guard;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.remediation.digest.ContentDigest;

/// What is known about the alert that a proposal claims.
public sealed interface Evidence {
  /// Nothing was heard of it.
  record Nothing() implements Evidence {}

  /// @param alert the newest message about it
  record Heard(AlertMessage alert) implements Evidence {
    /// SHA-256, in hexadecimal, of the message.
    public String hash() {
      return new ContentDigest("evidence").field("alert", MessageCodec.text(alert)).hex();
    }
  }
}
