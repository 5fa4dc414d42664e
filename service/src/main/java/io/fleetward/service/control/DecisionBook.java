package io.fleetward.service.control;

import io.fleetward.remediation.lifecycle.Remediation;
import io.fleetward.remediation.lifecycle.RemediationEvent;
import io.fleetward.remediation.lifecycle.Step;
import io.fleetward.remediation.proposal.Approval;
import io.fleetward.service.desk.Desk.Decision;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.Desk.Verdict;
import io.fleetward.service.desk.PauseView;
import io.fleetward.service.store.ApprovalTable;
import io.fleetward.service.store.Ledger;
import io.fleetward.service.store.RemediationTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Takes in what people decide. Confined to one session.
final class DecisionBook {
  /// How far a wall clock may be behind the broker's.
  private static final Duration MOST_SKEW = Duration.ofSeconds(60);

  private final Session session;
  private final Ledger ledger;

  DecisionBook(Session session) {
    this.session = session;
    this.ledger = session.ledger();
  }

  Decision decide(String id, Verdict verdict, String reason, Person person) {
    Optional<RemediationTable.Row> found = ledger.remediations().find(id);
    if (found.isEmpty()) {
      return new Decision.NoSuchRemediation(id);
    }
    RemediationTable.Row row = found.get();
    Approval given = new Approval(person.name(), row.proposalHash(), reason, session.now());
    RemediationEvent event =
        switch (verdict) {
          case APPROVE -> new RemediationEvent.ApprovalGiven(given);
          case REJECT -> new RemediationEvent.RejectionGiven(person.name(), reason, session.now());
        };
    Step step = new Execution(session).apply(row.remediation(), event);
    return switch (step) {
      case Step.Moved(Remediation.Expired expired, _) ->
          new Decision.NotAwaiting(id, expired.stateName());
      case Step.Moved _ -> recorded(id, verdict, given);
      case Step.Unchanged _ -> new Decision.NotAwaiting(id, row.remediation().stateName());
      case Step.Refused(String code, String why) -> refused(row, verdict, person, code, why);
    };
  }

  private Decision recorded(String id, Verdict verdict, Approval given) {
    String decision =
        switch (verdict) {
          case APPROVE -> "approve";
          case REJECT -> "reject";
        };
    ledger.approvals().add(id, new ApprovalTable.Row(decision, given));
    RemediationTable.Row row = ledger.remediations().find(id).orElseThrow();
    return new Decision.Recorded(new Views(ledger).remediation(row));
  }

  private Decision refused(
      RemediationTable.Row row, Verdict verdict, Person person, String code, String why) {
    Remediation remediation = row.remediation();
    session.trace(
        Optional.of(remediation.dossier().proposal().claim().incident()),
        "refuse-decision",
        "remediation " + remediation.dossier().id(),
        why,
        List.of(),
        List.of("person=" + person.name(), "verdict=" + verdict, "code=" + code));
    return code.equals("not-awaiting")
        ? new Decision.NotAwaiting(remediation.dossier().id(), remediation.stateName())
        : new Decision.Forbidden(why);
  }

  PauseView pause(String reason, Person person) {
    PauseView pause =
        new PauseView(
            session.mandate().identifiers().next("pause"), reason, person.name(), session.now());
    ledger.pauses().insert(pause);
    tracePause("pause", pause.id(), person, reason);
    return pause;
  }

  /// No guard is asked: the way back is always open (I13).
  boolean resume(String id, Person person) {
    // who does not know the broker's time may be behind: nothing older may pass for newer (I5)
    Instant now = session.now();
    Instant end = session.mandate().clock().known() ? now : now.plus(MOST_SKEW);
    boolean ended = ledger.pauses().end(id, person.name(), end);
    if (ended) {
      tracePause("resume", id, person, "asked for; what waits needs fresh evidence first");
    }
    return ended;
  }

  private void tracePause(String decision, String id, Person person, String reason) {
    session.trace(
        Optional.empty(),
        decision,
        "pause " + id,
        reason,
        List.of(),
        List.of("person=" + person.name()));
  }
}
