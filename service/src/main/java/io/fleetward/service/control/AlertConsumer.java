package io.fleetward.service.control;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;

/// Brings alerts from the scoring side.
record AlertConsumer(Control control) implements Intake {
  @Override
  public Taken take(Inbound inbound) {
    return switch (MessageCodec.decode(inbound.value(), AlertMessage.class)) {
      case Decoded.Malformed(String reason) -> new Taken.Unreadable("malformed", reason);
      case Decoded.Message(AlertMessage alert) -> {
        control.alertHeard(alert);
        yield new Taken.Understood();
      }
    };
  }
}
