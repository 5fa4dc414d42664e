package io.fleetward.service.control;

import io.fleetward.protocol.topics.Headers;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.control.Intake.Taken;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands each record to its topic's intake and puts aside what nobody can read. Confined to one
/// thread.
final class RecordRouter {
  private static final Logger log = LoggerFactory.getLogger(RecordRouter.class);

  private final Map<String, Intake> intakes;
  private final RecordSink deadLetters;
  private final BrokerClock clock;
  private final ControlEvents events;

  RecordRouter(
      Map<String, Intake> intakes,
      RecordSink deadLetters,
      BrokerClock clock,
      ControlEvents events) {
    this.intakes = Map.copyOf(intakes);
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.events = events;
  }

  Set<String> topics() {
    return intakes.keySet();
  }

  /// Deals with a record for good: once this returns it need not be read again.
  ///
  /// @throws RuntimeException if it has to be tried again, because the database or the broker
  ///   failed
  void route(Inbound inbound) {
    clock.consumed(inbound.appendedAt());
    events.received(inbound.topic());
    Intake intake = intakes.get(inbound.topic());
    if (intake == null) {
      return;
    }
    switch (intake.take(inbound)) {
      case Taken.Understood _ -> {}
      case Taken.Unreadable(String code, String reason) -> putAside(inbound, code, reason);
    }
  }

  private void putAside(Inbound inbound, String code, String reason) {
    String why = "%s from %s: %s".formatted(code, inbound.topic(), reason);
    deadLetters.send(
        Topics.DEAD_LETTERS, inbound.key(), inbound.value(), Map.of(Headers.REASON, why));
    events.refused(inbound.topic(), code);
    log.atWarn()
        .addKeyValue("topic", inbound.topic())
        .addKeyValue("key", inbound.key())
        .addKeyValue("reason", why)
        .log("record put aside");
  }
}
