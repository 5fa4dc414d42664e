package io.fleetward.remediation.lifecycle;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.remediation.guard.Evidence;
import io.fleetward.remediation.guard.GuardFinding;
import io.fleetward.remediation.proposal.Approval;
import java.time.Instant;
import java.util.List;

/// Something that a remediation may answer to. All times are the broker's.
public sealed interface RemediationEvent {
  /// A message about the alert that the proposal claims.
  record AlertObserved(AlertMessage alert, Instant now) implements RemediationEvent {}

  record ApprovalGiven(Approval approval) implements RemediationEvent {}

  record RejectionGiven(String person, String reason, Instant now) implements RemediationEvent {}

  /// Every guard was asked, for dispatch.
  ///
  /// @param evidence what they were asked about
  /// @param hostKey fingerprint of the key of the host that is to act; empty while it is not known,
  ///   to which a guard objects
  /// @param planId id of the plan to make if none objects
  /// @param nonce random, never used before
  record Judged(
      List<GuardFinding> findings,
      Evidence evidence,
      String hostKey,
      String planId,
      String nonce,
      Instant now)
      implements RemediationEvent {
    public Judged {
      findings = List.copyOf(findings);
    }
  }

  /// @param appendedAt when the broker had the report
  record OutcomeReported(Outcome outcome, Instant appendedAt, Instant now)
      implements RemediationEvent {}

  /// A plan was taken back before anybody tried to send it, so no host can have it.
  record PlanLapsed(String plan, Instant now) implements RemediationEvent {}

  /// Its policy is no longer in force as it was.
  record PolicyChanged(String reason, Instant now) implements RemediationEvent {}

  /// Time went by.
  record Ticked(Instant now) implements RemediationEvent {}
}
