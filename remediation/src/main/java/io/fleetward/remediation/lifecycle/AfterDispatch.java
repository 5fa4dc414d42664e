package io.fleetward.remediation.lifecycle;

import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.remediation.lifecycle.Remediation.Approved;
import io.fleetward.remediation.lifecycle.Remediation.Dispatched;
import io.fleetward.remediation.lifecycle.Remediation.Failed;
import io.fleetward.remediation.lifecycle.Remediation.Running;
import io.fleetward.remediation.lifecycle.Remediation.Succeeded;
import io.fleetward.remediation.lifecycle.Remediation.Unknown;
import io.fleetward.remediation.lifecycle.Remediation.Verified;
import io.fleetward.remediation.lifecycle.Remediation.Verifying;
import io.fleetward.remediation.lifecycle.RemediationEvent.AlertObserved;
import io.fleetward.remediation.lifecycle.RemediationEvent.ApprovalGiven;
import io.fleetward.remediation.lifecycle.RemediationEvent.Judged;
import io.fleetward.remediation.lifecycle.RemediationEvent.OutcomeReported;
import io.fleetward.remediation.lifecycle.RemediationEvent.PlanLapsed;
import io.fleetward.remediation.lifecycle.RemediationEvent.PolicyChanged;
import io.fleetward.remediation.lifecycle.RemediationEvent.RejectionGiven;
import io.fleetward.remediation.lifecycle.RemediationEvent.Ticked;
import io.fleetward.remediation.proposal.Approval;
import java.time.Instant;
import java.util.List;

/// The life of a proposal once a plan exists: no plan is ever made again from here, except when the
/// outbox shows that nobody tried to send the first one.
final class AfterDispatch {
  private AfterDispatch() {}

  static Step dispatched(Dispatched current, RemediationEvent event) {
    return switch (event) {
      case OutcomeReported(Outcome outcome, _, _) when foreign(outcome, current.plan()) ->
          anotherPlan(outcome);
      case OutcomeReported(Outcome outcome, Instant appendedAt, _)
          when outcome.status() == Outcome.Status.STARTED ->
          started(current, outcome, current.plan().credible(outcome.at(), appendedAt));
      // the same plan came twice; what became of the first is still to be told
      case OutcomeReported(Outcome outcome, _, _)
          when refused(outcome) && outcome.reason().equals("replayed") ->
          new Step.Unchanged();
      case OutcomeReported reported -> ended(current, current.plan(), reported);
      case PlanLapsed(String plan, Instant now) when plan.equals(current.plan().id()) ->
          again(
              current,
              current.approvals(),
              "plan %s was taken back before it was sent".formatted(plan),
              now);
      case PlanLapsed(String plan, _) ->
          new Step.Refused("impossible", "plan %s is not this remediation's".formatted(plan));
      case Ticked(Instant now) -> overdue(current, current.plan(), now);
      case AlertObserved _, PolicyChanged _ -> new Step.Unchanged();
      case ApprovalGiven _, RejectionGiven _ -> RemediationLifecycle.notAwaiting(current);
      case Judged _ -> RemediationLifecycle.impossible(current, event);
    };
  }

  private static Step started(Dispatched current, Outcome outcome, Instant at) {
    return Step.Moved.to(
        new Running(current.dossier(), current.approvals(), current.plan(), at),
        trace("start", "the host began", current, outcome),
        new Effect.Timeline(at, "started", outcome.detail()));
  }

  static Step running(Running current, RemediationEvent event) {
    return switch (event) {
      case OutcomeReported(Outcome outcome, _, _) when foreign(outcome, current.plan()) ->
          anotherPlan(outcome);
      case OutcomeReported(Outcome outcome, _, _) when outcome.status() == Outcome.Status.STARTED ->
          new Step.Unchanged();
      // it has begun, so what the host refused is another copy of the plan
      case OutcomeReported(Outcome outcome, _, _) when refused(outcome) -> new Step.Unchanged();
      case OutcomeReported reported -> ended(current, current.plan(), reported);
      case Ticked(Instant now) -> overdue(current, current.plan(), now);
      case AlertObserved _, PolicyChanged _ -> new Step.Unchanged();
      case ApprovalGiven _, RejectionGiven _ -> RemediationLifecycle.notAwaiting(current);
      case Judged _, PlanLapsed _ -> RemediationLifecycle.impossible(current, event);
    };
  }

  static Step verifying(Verifying current, RemediationEvent event) {
    return switch (event) {
      case AlertObserved(AlertMessage alert, Instant now) -> verify(current, alert, now);
      case Ticked(Instant now) when !now.isBefore(current.until()) ->
          Ending.failed(
              new Failed(
                  current.dossier(),
                  "the alert did not resolve on newer data within "
                      + PrometheusDuration.format(current.dossier().terms().resolvedWithin()),
                  now));
      case Ticked _, PolicyChanged _ -> new Step.Unchanged();
      case OutcomeReported(Outcome outcome, _, _) when foreign(outcome, current.plan()) ->
          anotherPlan(outcome);
      // reordered or told twice: the end is known already
      case OutcomeReported _ -> new Step.Unchanged();
      case ApprovalGiven _, RejectionGiven _ -> RemediationLifecycle.notAwaiting(current);
      case Judged _, PlanLapsed _ -> RemediationLifecycle.impossible(current, event);
    };
  }

  private static boolean foreign(Outcome outcome, IssuedPlan plan) {
    return !outcome.plan().equals(plan.id());
  }

  private static Step.Refused anotherPlan(Outcome outcome) {
    return new Step.Refused(
        "impossible", "plan %s is not this remediation's".formatted(outcome.plan()));
  }

  private static boolean refused(Outcome outcome) {
    return outcome.status() == Outcome.Status.REFUSED;
  }

  private static Step ended(Remediation current, IssuedPlan plan, OutcomeReported reported) {
    Outcome outcome = reported.outcome();
    Instant now = reported.now();
    Instant at = plan.credible(outcome.at(), reported.appendedAt());
    Effect.Trace trace = trace("end", outcome.detail(), current, outcome);
    Effect.EndAttempt end = new Effect.EndAttempt(plan.id(), at);
    List<Effect> effects = List.of(trace, end);
    String said = said(outcome);
    return switch (outcome.status()) {
      case STARTED -> new Step.Unchanged();
      case SUCCEEDED -> claimed(current, plan, reported, at).after(effects);
      case FAILED, TIMED_OUT ->
          Ending.failed(new Failed(current.dossier(), said, now)).after(effects);
      // also when it expired: another copy may have come in time, so no new plan is made
      case REFUSED -> Ending.escalate(current.dossier(), said, now).after(effects);
      case UNKNOWN -> Ending.unknown(new Unknown(current.dossier(), said, now)).after(effects);
    };
  }

  private static Step.Moved claimed(
      Remediation current, IssuedPlan plan, OutcomeReported reported, Instant at) {
    Outcome outcome = reported.outcome();
    return agrees(outcome)
        ? Ending.succeeded(new Succeeded(current.dossier(), plan, at), said(outcome))
        : Ending.unknown(
            new Unknown(
                current.dossier(),
                "the host reports success, but its own evidence does not show a change",
                reported.now()));
  }

  /// The host's word alone is not enough (I8): what it read before and after has to differ.
  private static boolean agrees(Outcome outcome) {
    return !outcome.evidenceAfter().isEmpty()
        && !outcome.evidenceAfter().equals(outcome.evidenceBefore());
  }

  private static String said(Outcome outcome) {
    String reason = outcome.reason().isEmpty() ? "" : " (%s)".formatted(outcome.reason());
    return "the host reports %s%s: %s"
        .formatted(
            outcome.status().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
            reason,
            outcome.detail());
  }

  private static Step.Moved again(
      Remediation current, List<Approval> approvals, String reason, Instant now) {
    Instant expiresAt = now.plus(current.dossier().terms().expires());
    return Step.Moved.to(
        new Approved(current.dossier(), approvals, expiresAt, reason),
        new Effect.Trace(
            "judge-again", reason, List.of(), RemediationLifecycle.inputs(current.dossier())),
        new Effect.Timeline(now, "judged-again", reason));
  }

  private static Step overdue(Remediation current, IssuedPlan plan, Instant now) {
    if (now.isBefore(plan.deadline())) {
      return new Step.Unchanged();
    }
    return Ending.unknown(
            new Unknown(
                current.dossier(),
                "no outcome of plan %s came before %s".formatted(plan.id(), plan.deadline()),
                now))
        .after(List.of(new Effect.EndAttempt(plan.id(), plan.deadline())));
  }

  private static Step verify(Verifying current, AlertMessage alert, Instant now) {
    if (!current.dossier().proposal().claim().isAbout(alert)
        || !(alert.state() instanceof State.Resolved(_, _, Instant resolvedAt))
        || !alert.evaluatedAt().isAfter(current.endedAt())
        || !alert.newestSampleAt().isAfter(current.endedAt())) {
      return new Step.Unchanged();
    }
    String reason =
        "the alert resolved at %s; evaluated at %s on data up to %s, the action ended at %s"
            .formatted(resolvedAt, alert.evaluatedAt(), alert.newestSampleAt(), current.endedAt());
    return Step.Moved.to(
        new Verified(current.dossier(), now),
        new Effect.Trace(
            "verify", reason, List.of(), RemediationLifecycle.inputs(current.dossier())),
        new Effect.Timeline(now, "verified", reason));
  }

  private static Effect.Trace trace(
      String decision, String reason, Remediation current, Outcome outcome) {
    return new Effect.Trace(
        decision,
        reason,
        List.of(),
        List.of(
            "plan=" + outcome.plan(),
            "status=" + outcome.status(),
            "at=" + outcome.at(),
            "before=" + new java.util.TreeMap<>(outcome.evidenceBefore()),
            "after=" + new java.util.TreeMap<>(outcome.evidenceAfter()),
            "was=" + current.stateName()));
  }
}
