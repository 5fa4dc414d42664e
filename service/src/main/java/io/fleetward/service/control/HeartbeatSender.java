package io.fleetward.service.control;

import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.control.RecordSink.SendFailedException;
import io.fleetward.service.desk.PauseView;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells hosts that this service lives and whether anything is paused. Confined to one thread.
final class HeartbeatSender {
  private static final Logger log = LoggerFactory.getLogger(HeartbeatSender.class);

  private final Control control;
  private final RecordSink sink;
  private final SigningKey key;
  private final BrokerClock clock;
  private final ControlEvents events;

  HeartbeatSender(
      Control control, RecordSink sink, SigningKey key, BrokerClock clock, ControlEvents events) {
    this.control = control;
    this.sink = sink;
    this.key = key;
    this.clock = clock;
    this.events = events;
  }

  /// Sends one heartbeat; after the first, which taught this process the broker's time, another one
  /// that carries it.
  ///
  /// @return whether the broker has it
  boolean beat() {
    boolean knew = clock.known();
    boolean sent = send();
    boolean learnt = sent && !knew && clock.known();
    return learnt ? send() : sent;
  }

  private boolean send() {
    List<PauseView> pauses = control.pauses();
    String reasons =
        pauses.stream()
            .map(pause -> "%s by %s".formatted(pause.reason(), pause.owner()))
            .collect(Collectors.joining("; "));
    Heartbeat heartbeat = new Heartbeat(key.id(), clock.now(), !pauses.isEmpty(), reasons);
    byte[] envelope =
        MessageCodec.encode(key.sign(PayloadTypes.HEARTBEAT, MessageCodec.encode(heartbeat)));
    try {
      sink.send(Topics.HEARTBEATS, key.id(), envelope, Map.of());
    } catch (SendFailedException e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("heartbeat not sent");
      events.sendFailed(Topics.HEARTBEATS);
      return false;
    }
    events.produced(Topics.HEARTBEATS);
    return true;
  }
}
