package io.fleetward.service.control;

import io.fleetward.protocol.messages.HostAnnouncement;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;

/// Brings hosts' announcements.
record HostConsumer(Control control) implements Intake {
  @Override
  public Taken take(Inbound inbound) {
    return switch (MessageCodec.decode(inbound.value(), HostAnnouncement.class)) {
      case Decoded.Malformed(String reason) -> new Taken.Unreadable("malformed", reason);
      case Decoded.Message(HostAnnouncement host) when !host.instance().equals(inbound.key()) ->
          new Taken.Unreadable(
              "wrong-host", "key %s announces %s".formatted(inbound.key(), host.instance()));
      case Decoded.Message(HostAnnouncement host) -> {
        control.hostAnnounced(host, inbound.appendedAt());
        yield new Taken.Understood();
      }
    };
  }
}
