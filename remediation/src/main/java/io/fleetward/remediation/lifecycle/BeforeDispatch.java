package io.fleetward.remediation.lifecycle;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.remediation.guard.Evidence;
import io.fleetward.remediation.guard.GuardFinding;
import io.fleetward.remediation.guard.Guards;
import io.fleetward.remediation.lifecycle.Remediation.Approved;
import io.fleetward.remediation.lifecycle.Remediation.AwaitingApproval;
import io.fleetward.remediation.lifecycle.Remediation.Dispatched;
import io.fleetward.remediation.lifecycle.Remediation.Escalated;
import io.fleetward.remediation.lifecycle.Remediation.Expired;
import io.fleetward.remediation.lifecycle.Remediation.Proposed;
import io.fleetward.remediation.lifecycle.Remediation.Rejected;
import io.fleetward.remediation.lifecycle.Remediation.Superseded;
import io.fleetward.remediation.lifecycle.Remediation.Withdrawn;
import io.fleetward.remediation.lifecycle.RemediationEvent.AlertObserved;
import io.fleetward.remediation.lifecycle.RemediationEvent.ApprovalGiven;
import io.fleetward.remediation.lifecycle.RemediationEvent.Judged;
import io.fleetward.remediation.lifecycle.RemediationEvent.OutcomeReported;
import io.fleetward.remediation.lifecycle.RemediationEvent.PlanLapsed;
import io.fleetward.remediation.lifecycle.RemediationEvent.PolicyChanged;
import io.fleetward.remediation.lifecycle.RemediationEvent.RejectionGiven;
import io.fleetward.remediation.lifecycle.RemediationEvent.Ticked;
import io.fleetward.remediation.proposal.Approval;
import io.fleetward.remediation.proposal.Proposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The life of a proposal until it becomes a plan.
final class BeforeDispatch {
  private BeforeDispatch() {}

  static Step proposed(Proposed current, RemediationEvent event) {
    return switch (event) {
      case AlertObserved observed -> observed(current, observed);
      case PolicyChanged changed -> superseded(current, changed);
      case Ticked _ -> new Step.Unchanged();
      case ApprovalGiven _, RejectionGiven _ -> RemediationLifecycle.notAwaiting(current);
      case Judged _, OutcomeReported _, PlanLapsed _ ->
          RemediationLifecycle.impossible(current, event);
    };
  }

  static Step awaiting(AwaitingApproval current, RemediationEvent event) {
    return switch (event) {
      case AlertObserved observed -> observed(current, observed);
      case PolicyChanged changed -> superseded(current, changed);
      case ApprovalGiven(Approval approval) -> approve(current, approval);
      case RejectionGiven rejection -> reject(current, rejection);
      case Ticked(Instant now) when !now.isBefore(current.expiresAt()) ->
          expire(current, "nobody decided before " + current.expiresAt(), now);
      case Ticked _ -> new Step.Unchanged();
      case Judged _, OutcomeReported _, PlanLapsed _ ->
          RemediationLifecycle.impossible(current, event);
    };
  }

  static Step approved(Approved current, RemediationEvent event) {
    return switch (event) {
      case AlertObserved observed -> observed(current, observed);
      case PolicyChanged changed -> superseded(current, changed);
      case ApprovalGiven _ -> RemediationLifecycle.notAwaiting(current);
      case RejectionGiven rejection -> reject(current, rejection);
      case Judged judged -> judge(current, judged);
      case Ticked(Instant now) when !now.isBefore(current.expiresAt()) ->
          expire(current, "could not be dispatched in time; last " + current.heldBy(), now);
      case Ticked _ -> new Step.Unchanged();
      case OutcomeReported _, PlanLapsed _ -> RemediationLifecycle.impossible(current, event);
    };
  }

  private static Step observed(Remediation current, AlertObserved observed) {
    AlertMessage alert = observed.alert();
    boolean same = current.dossier().proposal().claim().isAbout(alert);
    String reason =
        switch (alert.state()) {
          case State _ when !same -> "the alert resolved in between and is another episode now";
          case State.Pending _, State.Firing _ -> "";
          case State.Resolved _ -> "the alert resolved before anything was dispatched";
          case State.Dropped _ -> "the alert's rule is no longer in force";
        };
    if (reason.isEmpty()) {
      return new Step.Unchanged();
    }
    return Step.Moved.to(
        new Withdrawn(current.dossier(), reason, observed.now()),
        trace("withdraw", reason, current),
        new Effect.Timeline(observed.now(), "withdrawn", reason));
  }

  private static Step superseded(Remediation current, PolicyChanged changed) {
    return Step.Moved.to(
        new Superseded(current.dossier(), changed.reason(), changed.now()),
        trace("supersede", changed.reason(), current),
        new Effect.Timeline(changed.now(), "superseded", changed.reason()));
  }

  private static Step reject(Remediation current, RejectionGiven rejection) {
    String reason = "%s: %s".formatted(rejection.person(), rejection.reason());
    return Step.Moved.to(
        new Rejected(current.dossier(), rejection.person(), rejection.reason(), rejection.now()),
        trace("reject", reason, current),
        new Effect.Timeline(rejection.now(), "rejected", reason));
  }

  private static Step expire(Remediation current, String reason, Instant now) {
    return Step.Moved.to(
        new Expired(current.dossier(), reason, now),
        trace("expire", reason, current),
        new Effect.Timeline(now, "expired", reason),
        new Effect.Notify("expired", reason));
  }

  private static Step approve(AwaitingApproval current, Approval approval) {
    Proposal proposal = current.dossier().proposal();
    String person = approval.person();
    if (!approval.at().isBefore(current.expiresAt())) {
      return expire(current, "nobody decided before " + current.expiresAt(), approval.at());
    }
    if (person.equals(proposal.requester())) {
      return new Step.Refused("forbidden", "the requester cannot approve");
    }
    if (current.approvals().stream().anyMatch(given -> given.person().equals(person))) {
      return new Step.Refused(
          "forbidden", "%s has approved already; another person is needed".formatted(person));
    }
    if (!approval.proposalHash().equals(proposal.hash())) {
      return new Step.Refused(
          "void", "the approval is for another proposal than this; look at it again");
    }
    List<Approval> approvals = new ArrayList<>(current.approvals());
    approvals.add(approval);
    int needed = current.dossier().terms().approvalsNeeded();
    String reason =
        "%s (%d of %d): %s".formatted(person, approvals.size(), needed, approval.reason());
    if (approvals.size() < needed) {
      return Step.Moved.to(
          new AwaitingApproval(current.dossier(), approvals, current.expiresAt()),
          trace("record-approval", reason, current),
          new Effect.Timeline(approval.at(), "approval-recorded", reason));
    }
    Instant expiresAt = approval.at().plus(current.dossier().terms().expires());
    return Step.Moved.to(
        new Approved(current.dossier(), approvals, expiresAt, ""),
        trace("approve", reason, current),
        new Effect.Timeline(approval.at(), "approved", reason));
  }

  private static Step judge(Approved current, Judged judged) {
    List<GuardFinding> objections =
        judged.findings().stream().filter(GuardFinding::objects).toList();
    if (objections.isEmpty() && judged.evidence() instanceof Evidence.Heard heard) {
      return dispatch(current, judged, heard);
    }
    String names = objections.stream().map(GuardFinding::guard).collect(Collectors.joining(", "));
    if (objections.stream().anyMatch(f -> f.guard().equals(Guards.ATTEMPTS.name()))) {
      String reason = "no attempt is left; a person has to look";
      return Step.Moved.to(
          new Escalated(current.dossier(), reason, judged.now()),
          new Effect.Trace(
              "escalate",
              reason,
              judged.findings(),
              RemediationLifecycle.inputs(current.dossier())),
          new Effect.Timeline(judged.now(), "escalated", reason),
          new Effect.Notify("escalated", reason));
    }
    String heldBy = "held by " + (names.isEmpty() ? "missing evidence" : names);
    if (heldBy.equals(current.heldBy())) {
      return new Step.Unchanged();
    }
    String reasons =
        objections.stream()
            .map(f -> "%s: %s; %s".formatted(f.guard(), f.reason(), f.remedy()))
            .collect(Collectors.joining(" | "));
    return Step.Moved.to(
        new Approved(current.dossier(), current.approvals(), current.expiresAt(), heldBy),
        new Effect.Trace(
            "hold", reasons, judged.findings(), RemediationLifecycle.inputs(current.dossier())));
  }

  private static Step dispatch(Approved current, Judged judged, Evidence.Heard evidence) {
    Proposal proposal = current.dossier().proposal();
    String evidenceHash = evidence.hash();
    Plan plan =
        new Plan(
            judged.planId(),
            current.dossier().id(),
            proposal.instance(),
            judged.hostKey(),
            proposal.action(),
            proposal.parameters(),
            "%s@%s".formatted(proposal.policy(), proposal.policyVersion()),
            proposal.hash(),
            evidenceHash,
            judged.nonce(),
            judged.now(),
            judged.now().plus(Plan.LIFETIME),
            proposal.timeout());
    List<String> inputs = new ArrayList<>(RemediationLifecycle.inputs(current.dossier()));
    inputs.add("plan=" + plan.id());
    inputs.add("host_key=" + plan.hostKey());
    inputs.add("evidence=" + evidenceHash);
    inputs.add("evaluated_at=" + evidence.alert().evaluatedAt());
    inputs.add("value=" + evidence.alert().value());
    inputs.add("rules_version=" + evidence.alert().rulesVersion());
    return Step.Moved.to(
        new Dispatched(current.dossier(), current.approvals(), IssuedPlan.of(plan)),
        new Effect.WritePlan(plan),
        new Effect.Trace("dispatch", "no guard objects", judged.findings(), inputs),
        new Effect.Timeline(judged.now(), "dispatched", "plan " + plan.id()));
  }

  private static Effect.Trace trace(String decision, String reason, Remediation current) {
    return new Effect.Trace(
        decision, reason, List.of(), RemediationLifecycle.inputs(current.dossier()));
  }
}
