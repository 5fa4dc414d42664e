package io.fleetward.agent.plans;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.signing.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the runner has reported about one plan; puts each outcome away. Confined to the actions
/// thread.
final class OutcomeLedger implements Runners.OutcomeTaker {
  private static final Logger log = LoggerFactory.getLogger(OutcomeLedger.class);

  private final OutcomeOutbox outbox;
  private final PlanEvents events;
  private final String plan;
  private boolean hasAny;
  private boolean hasFinal;

  OutcomeLedger(OutcomeOutbox outbox, PlanEvents events, String plan) {
    this.outbox = outbox;
    this.events = events;
    this.plan = plan;
  }

  @Override
  public boolean take(String envelope) {
    boolean isStored = outbox.put(envelope);
    outcomeIn(envelope).ifPresent(this::note);
    return isStored;
  }

  private void note(Outcome outcome) {
    log.atInfo()
        .addKeyValue("plan", outcome.plan())
        .addKeyValue("status", outcome.status())
        .addKeyValue("reason", outcome.reason())
        .addKeyValue("detail", outcome.detail())
        .log("outcome");
    if (outcome.status() == Outcome.Status.REFUSED) {
      events.refused(outcome.reason());
    }
    if (outcome.plan().equals(plan)) {
      hasAny = true;
      hasFinal |= outcome.isFinal();
    }
  }

  /// Our own child signed it a moment ago; its word is good for the log.
  private static Optional<Outcome> outcomeIn(String envelope) {
    return MessageCodec.decode(envelope.getBytes(StandardCharsets.UTF_8), Envelope.class)
                instanceof Decoded.Message(Envelope outer)
            && MessageCodec.decode(Base64.getDecoder().decode(outer.payload()), Outcome.class)
                instanceof Decoded.Message(Outcome outcome)
        ? Optional.of(outcome)
        : Optional.empty();
  }

  boolean hasAny() {
    return hasAny;
  }

  boolean hasFinal() {
    return hasFinal;
  }
}
