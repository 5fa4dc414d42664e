package io.fleetward.service.control;

import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.control.RecordSink.SendFailedException;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.OutboxTable.Letter;
import io.fleetward.service.store.OutboxTable.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings signed plans to the broker after the commit that made them, at least once and always with
/// the same bytes. Confined to one thread.
///
/// A plan that expires before anybody tried to send it, or that a pause has come after, goes back
/// to be judged again. One that was tried may have arrived: it is never replaced, only waited for,
/// and after a pause not sent again either.
final class OutboxRelay {
  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  private final Database database;
  private final Control control;
  private final RecordSink sink;
  private final BrokerClock clock;
  private final ControlEvents events;

  OutboxRelay(
      Database database,
      Control control,
      RecordSink sink,
      BrokerClock clock,
      ControlEvents events) {
    this.database = database;
    this.control = control;
    this.sink = sink;
    this.clock = clock;
    this.events = events;
  }

  /// Sends what waits; stops at the first that the broker does not take.
  void relay() {
    for (Waiting waiting : database.transaction(ledger -> ledger.outbox().waiting())) {
      if (!handle(waiting)) {
        return;
      }
    }
  }

  /// @return whether to go on with the next
  private boolean handle(Waiting waiting) {
    Letter letter = waiting.letter();
    Instant now = clock.now();
    if (!now.isBefore(letter.expiresAt())) {
      giveUp(waiting, now);
      return true;
    }
    return switch (claim(waiting, now)) {
      case TAKEN -> send(letter);
      case PAUSED, GONE -> true;
      case PAUSED_SINCE -> {
        giveUp(waiting, now);
        yield true;
      }
    };
  }

  private void giveUp(Waiting waiting, Instant now) {
    if (waiting.attempted()) {
      done(waiting.letter(), now);
    } else {
      control.planLapsed(waiting.letter().plan());
    }
  }

  private enum Claim {
    TAKEN,
    PAUSED,
    /// Another process took it back or is done with it.
    GONE,
    /// A pause lay between the plan's making and now; what it was judged on is stale (I5).
    PAUSED_SINCE
  }

  /// Notes the attempt before it is made, so that a crash in between is taken for an attempt.
  private Claim claim(Waiting waiting, Instant now) {
    return database.transaction(ledger -> {
      if (!ledger.pauses().inForce().isEmpty()) {
        return Claim.PAUSED;
      }
      Instant lastEnd = ledger.pauses().lastEnd().orElse(Instant.MIN);
      if (!lastEnd.isBefore(waiting.writtenAt())) {
        return Claim.PAUSED_SINCE;
      }
      return ledger.outbox().attempt(waiting.letter().plan(), now) ? Claim.TAKEN : Claim.GONE;
    });
  }

  private boolean send(Letter letter) {
    try {
      byte[] envelope = letter.envelope().getBytes(StandardCharsets.UTF_8);
      sink.send(Topics.PLANS, letter.instance(), envelope, Map.of());
    } catch (SendFailedException e) {
      log.atWarn()
          .addKeyValue("plan", letter.plan())
          .addKeyValue("reason", e.getMessage())
          .log("plan not sent yet");
      events.sendFailed(Topics.PLANS);
      return false;
    }
    done(letter, clock.now());
    events.produced(Topics.PLANS);
    log.atInfo()
        .addKeyValue("plan", letter.plan())
        .addKeyValue("remediation", letter.remediation())
        .addKeyValue("instance", letter.instance())
        .log("plan sent");
    return true;
  }

  private void done(Letter letter, Instant now) {
    database.transaction(ledger -> {
      ledger.outbox().done(letter.plan(), now);
      return true;
    });
  }
}
