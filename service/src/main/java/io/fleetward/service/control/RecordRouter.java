package io.fleetward.service.control;

import io.fleetward.protocol.topics.Headers;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.control.Intake.Taken;
import io.fleetward.service.control.RecordSink.OversizedException;
import io.fleetward.service.control.RecordSink.SendFailedException;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseUnavailableException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands each record to its topic's intake and puts aside what nobody can read. Confined to one
/// thread.
final class RecordRouter {
  private static final Logger log = LoggerFactory.getLogger(RecordRouter.class);

  /// In chars.
  private static final int LONGEST_REASON = 2_000;

  /// In bytes.
  private static final int BEGINNING = 10_000;

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
    switch (take(intake, inbound)) {
      case Taken.Understood _ -> {}
      case Taken.Unreadable(String code, String reason) -> putAside(inbound, code, reason);
    }
  }

  /// What fails for good must not stop the records behind it. It is tried twice, because another
  /// process may have stored the same just now.
  private static Taken take(Intake intake, Inbound inbound) {
    try {
      return intake.take(inbound);
    } catch (RuntimeException e) {
      throwIfPassing(e);
    }
    try {
      return intake.take(inbound);
    } catch (RuntimeException e) {
      throwIfPassing(e);
      log.atError()
          .addKeyValue("topic", inbound.topic())
          .addKeyValue("key", inbound.key())
          .setCause(e)
          .log("record cannot be dealt with");
      return new Taken.Unreadable("unusable", String.valueOf(e.getMessage()));
    }
  }

  private static void throwIfPassing(RuntimeException e) {
    boolean passing =
        switch (e) {
          case DatabaseUnavailableException _ -> !Database.isRefusedForGood(e);
          case SendFailedException _, KafkaException _, UncheckedIOException _ -> true;
          default -> false;
        };
    if (passing) {
      throw e;
    }
  }

  private void putAside(Inbound inbound, String code, String reason) {
    String whole = "%s from %s: %s".formatted(code, inbound.topic(), reason);
    String why = whole.substring(0, Math.min(LONGEST_REASON, whole.length()));
    try {
      letter(inbound.key(), inbound.value(), why);
    } catch (OversizedException _) {
      // its beginning shows what it was
      letter("", beginning(inbound.value()), why + " (only the beginning is kept)");
    }
    events.refused(inbound.topic(), code);
    log.atWarn()
        .addKeyValue("topic", inbound.topic())
        .addKeyValue("key", inbound.key())
        .addKeyValue("reason", why)
        .log("record put aside");
  }

  private static byte[] beginning(byte[] value) {
    return Arrays.copyOf(value, Math.min(BEGINNING, value.length));
  }

  private void letter(String key, byte[] value, String why) {
    deadLetters.send(Topics.DEAD_LETTERS, key, value, Map.of(Headers.REASON, why));
  }
}
