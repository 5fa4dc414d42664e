package io.fleetward.service.control;

import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.remediation.lifecycle.RemediationEvent.OutcomeReported;
import io.fleetward.remediation.lifecycle.Step;
import io.fleetward.service.store.Ledger;
import io.fleetward.service.store.RemediationTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in what hosts report about plans. Confined to one session.
final class OutcomeBook {
  private static final Logger log = LoggerFactory.getLogger(OutcomeBook.class);

  private final Session session;
  private final Ledger ledger;

  OutcomeBook(Session session) {
    this.session = session;
    this.ledger = session.ledger();
  }

  void hear(Outcome outcome, Instant appendedAt) {
    Optional<RemediationTable.Row> row = ledger.remediations().ofPlan(outcome.plan());
    if (row.isEmpty()) {
      refuseUnknown(outcome);
      return;
    }
    if (!ledger.outcomes().addNew(outcome, session.now())) {
      session.tell(events -> events.duplicate(Topics.OUTCOMES));
      return;
    }
    var proposal = row.get().remediation().dossier().proposal();
    String incident = proposal.claim().incident();
    if (!proposal.instance().equals(outcome.instance())) {
      refuse(
          incident,
          outcome,
          "wrong-host",
          "%s reported on a plan for %s".formatted(outcome.instance(), proposal.instance()));
      return;
    }
    Step step =
        new Execution(session)
            .apply(
                row.get().remediation(), new OutcomeReported(outcome, appendedAt, session.now()));
    if (step instanceof Step.Refused(String code, String reason)) {
      refuse(incident, outcome, code, reason);
    }
  }

  /// Keeps nothing, or anybody who invents ids could fill the database.
  private void refuseUnknown(Outcome outcome) {
    log.atWarn()
        .addKeyValue("plan", outcome.plan())
        .addKeyValue("instance", outcome.instance())
        .addKeyValue("status", outcome.status())
        .log("outcome of a plan that was not made here");
    session.tell(events -> events.refused(Topics.OUTCOMES, "unknown-plan"));
  }

  private void refuse(String incident, Outcome outcome, String code, String reason) {
    session.trace(
        Optional.of(incident),
        "refuse-outcome",
        "plan " + outcome.plan(),
        reason,
        List.of(),
        List.of("instance=" + outcome.instance(), "status=" + outcome.status()));
    session.tell(events -> events.refused(Topics.OUTCOMES, code));
  }
}
