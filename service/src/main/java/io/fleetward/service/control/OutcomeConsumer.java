package io.fleetward.service.control;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import io.fleetward.service.enrolment.HostKeys;
import java.time.Instant;

/// Brings outcomes that the host they speak for has signed.
record OutcomeConsumer(Control control, HostKeys keys) implements Intake {
  @Override
  public Taken take(Inbound inbound) {
    Opened opened = keys.open(inbound.value(), PayloadTypes.OUTCOME);
    return switch (opened) {
      case Opened.Refused(String code, String detail) -> new Taken.Unreadable(code, detail);
      case Opened.Trusted(String keyId, byte[] payload) ->
          taken(keyId, payload, inbound.appendedAt());
    };
  }

  private Taken taken(String keyId, byte[] payload, Instant appendedAt) {
    return switch (MessageCodec.decode(payload, Outcome.class)) {
      case Decoded.Malformed(String reason) -> new Taken.Unreadable("malformed", reason);
      case Decoded.Message(Outcome outcome) when !outcome.instance().equals(keyId) ->
          new Taken.Unreadable(
              "wrong-host", "%s signed for %s".formatted(keyId, outcome.instance()));
      case Decoded.Message(Outcome outcome) -> {
        control.outcomeHeard(outcome, appendedAt);
        yield new Taken.Understood();
      }
    };
  }
}
