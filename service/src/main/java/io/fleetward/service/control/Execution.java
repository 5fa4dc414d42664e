package io.fleetward.service.control;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.remediation.guard.GuardFinding;
import io.fleetward.remediation.guard.Situation;
import io.fleetward.remediation.guard.Situation.HostKey;
import io.fleetward.remediation.incident.TimelineEntry;
import io.fleetward.remediation.lifecycle.Effect;
import io.fleetward.remediation.lifecycle.Remediation;
import io.fleetward.remediation.lifecycle.RemediationEvent;
import io.fleetward.remediation.lifecycle.RemediationLifecycle;
import io.fleetward.remediation.lifecycle.Step;
import io.fleetward.remediation.proposal.Draft;
import io.fleetward.service.store.Ledger;
import io.fleetward.service.store.OutboxTable.Letter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves remediations and carries out what follows, all in one transaction. Confined to one
/// session.
final class Execution {
  private static final Logger log = LoggerFactory.getLogger(Execution.class);

  private final Session session;
  private final Ledger ledger;

  Execution(Session session) {
    this.session = session;
    this.ledger = session.ledger();
  }

  /// Begins a remediation.
  void begin(Draft draft) {
    String id = session.mandate().identifiers().next("rem");
    Situation situation =
        new Situations(session).of(id, draft.proposal(), draft.terms(), List.of());
    List<GuardFinding> findings = session.mandate().guards().judge(draft.proposal(), situation);
    Step.Moved moved = RemediationLifecycle.begin(id, draft, findings, session.now());
    ledger.remediations().insert(moved.next());
    carryOut(moved);
    if (moved.next() instanceof Remediation.Approved approved) {
      judge(approved);
    }
  }

  /// Lets an event happen to a remediation, and whatever follows from it.
  Step apply(Remediation current, RemediationEvent event) {
    Step step = RemediationLifecycle.next(current, event);
    if (step instanceof Step.Moved moved) {
      ledger.remediations().update(moved.next());
      carryOut(moved);
      follow(current, moved.next());
    }
    return step;
  }

  private void follow(Remediation before, Remediation after) {
    switch (after) {
      // the alert may have resolved before the outcome was heard
      case Remediation.Verifying verifying ->
          ledger
              .alerts()
              .find(verifying.dossier().proposal().claim().alert())
              .ifPresent(alert ->
                  apply(
                      verifying,
                      new RemediationEvent.AlertObserved(alert.message(), session.now())));
      case Remediation.Approved approved when !(before instanceof Remediation.Approved) ->
          judge(approved);
      default -> {}
    }
  }

  /// Asks every guard whether an approved remediation may be dispatched now.
  void judge(Remediation.Approved approved) {
    var dossier = approved.dossier();
    Situation situation =
        new Situations(session)
            .of(dossier.id(), dossier.proposal(), dossier.terms(), approved.approvals());
    List<GuardFinding> findings = session.mandate().guards().judge(dossier.proposal(), situation);
    Identifiers identifiers = session.mandate().identifiers();
    Step step =
        apply(
            approved,
            new RemediationEvent.Judged(
                findings,
                situation.evidence(),
                situation.target().key() instanceof HostKey.Known(String key) ? key : "",
                identifiers.next("plan"),
                identifiers.next("nonce"),
                session.now()));
    if (step instanceof Step.Moved(Remediation next, _) && next instanceof Remediation.Approved) {
      findings.stream()
          .filter(GuardFinding::objects)
          .forEach(finding -> session.tell(events -> events.guardObjected(finding.guard())));
    }
  }

  private void carryOut(Step.Moved moved) {
    String id = moved.next().dossier().id();
    String incident = moved.next().dossier().proposal().claim().incident();
    session.tell(events -> events.remediationIs(moved.next().stateName()));
    for (Effect effect : moved.effects()) {
      switch (effect) {
        case Effect.Trace(var decision, var reason, var findings, var inputs) ->
            session.trace(
                Optional.of(incident), decision, "remediation " + id, reason, findings, inputs);
        case Effect.Timeline(var at, var what, var detail) ->
            ledger.timeline().add(incident, new TimelineEntry(at, what, detail));
        case Effect.WritePlan(Plan plan) -> write(plan, moved.next());
        case Effect.EndAttempt(var plan, var at) -> ledger.attempts().end(plan, at);
        case Effect.ProposeRung(int rung) -> proposeRung(moved.next(), rung);
        case Effect.Notify(var what, var detail) -> {
          session.tell(events -> events.peopleToldOf(what));
          log.atInfo()
              .addKeyValue("what", what)
              .addKeyValue("remediation", id)
              .addKeyValue("incident", incident)
              .addKeyValue("detail", detail)
              .log("people should know");
        }
      }
    }
  }

  private void write(Plan plan, Remediation remediation) {
    var envelope = session.mandate().key().sign(PayloadTypes.PLAN, MessageCodec.encode(plan));
    ledger
        .outbox()
        .write(
            new Letter(
                plan.id(),
                plan.remediation(),
                plan.instance(),
                MessageCodec.text(envelope),
                plan.expiresAt()),
            session.now());
    ledger
        .attempts()
        .add(plan.id(), plan.remediation(), remediation.dossier().proposal(), plan.issuedAt());
    session.planWasWritten();
  }

  private void proposeRung(Remediation before, int rung) {
    var proposal = before.dossier().proposal();
    var policies = session.mandate().policies();
    policies
        .find(proposal.policy())
        .filter(policy -> rung < policy.ladder().size())
        .ifPresent(policy ->
            ledger
                .alerts()
                .find(proposal.claim().alert())
                .filter(alert -> proposal.claim().isAbout(alert.message()))
                .ifPresent(alert ->
                    begin(
                        Draft.of(
                            policies,
                            policy,
                            rung,
                            proposal.claim().incident(),
                            alert.message()))));
  }
}
