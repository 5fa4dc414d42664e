package io.fleetward.service.control;

import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.remediation.lifecycle.RemediationEvent.OutcomeReported;
import io.fleetward.remediation.lifecycle.Step;
import io.fleetward.service.store.Ledger;
import io.fleetward.service.store.RemediationTable;
import java.util.List;
import java.util.Optional;

/// Takes in what hosts report about plans. Confined to one session.
final class OutcomeBook {
  private final Session session;
  private final Ledger ledger;

  OutcomeBook(Session session) {
    this.session = session;
    this.ledger = session.ledger();
  }

  void hear(Outcome outcome) {
    if (!ledger.outcomes().addNew(outcome, session.now())) {
      session.tell(events -> events.duplicate(Topics.OUTCOMES));
      return;
    }
    Optional<RemediationTable.Row> row = ledger.remediations().ofPlan(outcome.plan());
    if (row.isEmpty()) {
      refuse(Optional.empty(), outcome, "unknown-plan", "no such plan was made here");
      return;
    }
    var proposal = row.get().remediation().dossier().proposal();
    Optional<String> incident = Optional.of(proposal.claim().incident());
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
            .apply(row.get().remediation(), new OutcomeReported(outcome, session.now()));
    if (step instanceof Step.Refused(String code, String reason)) {
      refuse(incident, outcome, code, reason);
    }
  }

  private void refuse(Optional<String> incident, Outcome outcome, String code, String reason) {
    session.trace(
        incident,
        "refuse-outcome",
        "plan " + outcome.plan(),
        reason,
        List.of(),
        List.of("instance=" + outcome.instance(), "status=" + outcome.status()));
    session.tell(events -> events.refused(Topics.OUTCOMES, code));
  }
}
