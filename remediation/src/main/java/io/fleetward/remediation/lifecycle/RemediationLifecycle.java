package io.fleetward.remediation.lifecycle;

import io.fleetward.remediation.guard.GuardFinding;
import io.fleetward.remediation.guard.Guards;
import io.fleetward.remediation.lifecycle.Remediation.Approved;
import io.fleetward.remediation.lifecycle.Remediation.AwaitingApproval;
import io.fleetward.remediation.lifecycle.Remediation.Blocked;
import io.fleetward.remediation.lifecycle.Remediation.Dispatched;
import io.fleetward.remediation.lifecycle.Remediation.Escalated;
import io.fleetward.remediation.lifecycle.Remediation.Expired;
import io.fleetward.remediation.lifecycle.Remediation.Failed;
import io.fleetward.remediation.lifecycle.Remediation.Proposed;
import io.fleetward.remediation.lifecycle.Remediation.Rejected;
import io.fleetward.remediation.lifecycle.Remediation.Running;
import io.fleetward.remediation.lifecycle.Remediation.Succeeded;
import io.fleetward.remediation.lifecycle.Remediation.Superseded;
import io.fleetward.remediation.lifecycle.Remediation.Unknown;
import io.fleetward.remediation.lifecycle.Remediation.Verified;
import io.fleetward.remediation.lifecycle.Remediation.Verifying;
import io.fleetward.remediation.lifecycle.Remediation.Withdrawn;
import io.fleetward.remediation.proposal.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides what becomes of a remediation. Pure: the caller brings the time and carries out the
/// effects.
///
/// [Succeeded], [Failed] and [Unknown] are passed through: the step that leads there goes on to
/// what follows from them.
public final class RemediationLifecycle {
  private RemediationLifecycle() {}

  /// The beginning of a remediation.
  ///
  /// @param findings what every guard said about the draft's proposal
  public static Step.Moved begin(String id, Draft draft, List<GuardFinding> findings, Instant now) {
    Dossier dossier = new Dossier(id, draft.proposal(), draft.terms(), now);
    Optional<String> obstacle = obstacle(draft, findings);
    if (obstacle.isPresent()) {
      return Step.Moved.to(
          new Blocked(dossier, obstacle.get(), now),
          new Effect.Trace("block", obstacle.get(), findings, inputs(dossier)),
          new Effect.Timeline(now, "blocked", obstacle.get()),
          new Effect.Notify("blocked", obstacle.get()));
    }
    Remediation next =
        switch (dossier.terms().mode()) {
          case OBSERVE ->
              new Proposed(dossier, "the policy only observes; set mode: approve to let it act");
          case SUGGEST ->
              new Proposed(dossier, "the policy only suggests; a person carries it out by hand");
          case APPROVE, AUTOMATIC -> ask(dossier, now);
        };
    String reason = "%s: %s".formatted(next.stateName(), next.detail());
    return Step.Moved.to(
        next,
        new Effect.Trace("propose", reason, findings, inputs(dossier)),
        new Effect.Timeline(now, "proposed", describe(dossier)),
        new Effect.Notify("asked", describe(dossier)));
  }

  private static Remediation ask(Dossier dossier, Instant now) {
    Instant expiresAt = now.plus(dossier.terms().expires());
    return dossier.terms().approvalsNeeded() == 0
        ? new Approved(dossier, List.of(), expiresAt, "")
        : new AwaitingApproval(dossier, List.of(), expiresAt);
  }

  private static Optional<String> obstacle(Draft draft, List<GuardFinding> findings) {
    if (draft instanceof Draft.Incomplete incomplete) {
      return Optional.of(incomplete.reason());
    }
    return findings.stream()
        .filter(GuardFinding::objects)
        .filter(finding ->
            finding.guard().equals(Guards.TARGET.name())
                || finding.guard().equals(Guards.ATTEMPTS.name()))
        .map(GuardFinding::reason)
        .findFirst();
  }

  private static String describe(Dossier dossier) {
    return "%s on %s %s"
        .formatted(
            dossier.proposal().action(),
            dossier.proposal().instance(),
            new java.util.TreeMap<>(dossier.proposal().parameters()));
  }

  static List<String> inputs(Dossier dossier) {
    return List.of(
        "proposal=" + dossier.proposal().hash(),
        "policy=" + dossier.proposal().policy(),
        "policy_version=" + dossier.proposal().policyVersion());
  }

  /// What becomes of a remediation after an event.
  public static Step next(Remediation current, RemediationEvent event) {
    return switch (current) {
      case Proposed proposed -> BeforeDispatch.proposed(proposed, event);
      case AwaitingApproval awaiting -> BeforeDispatch.awaiting(awaiting, event);
      case Approved approved -> BeforeDispatch.approved(approved, event);
      case Dispatched dispatched -> AfterDispatch.dispatched(dispatched, event);
      case Running running -> AfterDispatch.running(running, event);
      case Verifying verifying -> AfterDispatch.verifying(verifying, event);
      case Succeeded _, Failed _, Unknown _ -> impossible(current, event);
      case Verified _, Escalated _, Blocked _, Rejected _, Expired _, Superseded _, Withdrawn _ ->
          closed(current, event);
    };
  }

  private static Step closed(Remediation current, RemediationEvent event) {
    return switch (event) {
      case RemediationEvent.AlertObserved _,
          RemediationEvent.PolicyChanged _,
          RemediationEvent.Ticked _ ->
          new Step.Unchanged();
      case RemediationEvent.ApprovalGiven _, RemediationEvent.RejectionGiven _ ->
          notAwaiting(current);
      case RemediationEvent.Judged _,
          RemediationEvent.OutcomeReported _,
          RemediationEvent.PlanLapsed _ ->
          impossible(current, event);
    };
  }

  static Step.Refused notAwaiting(Remediation current) {
    return new Step.Refused(
        "not-awaiting", "it does not wait for a decision, it is " + current.stateName());
  }

  static Step.Refused impossible(Remediation current, RemediationEvent event) {
    return new Step.Refused(
        "impossible",
        "%s cannot happen to a remediation that is %s"
            .formatted(event.getClass().getSimpleName(), current.stateName()));
  }
}
