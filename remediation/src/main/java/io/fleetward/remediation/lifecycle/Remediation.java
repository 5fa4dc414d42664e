package io.fleetward.remediation.lifecycle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fleetward.remediation.proposal.Approval;
import java.time.Instant;
import java.util.List;

/// Where a proposal stands. Each state carries only what is true in it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Remediation.Proposed.class, name = "proposed"),
  @JsonSubTypes.Type(value = Remediation.AwaitingApproval.class, name = "awaiting-approval"),
  @JsonSubTypes.Type(value = Remediation.Approved.class, name = "approved"),
  @JsonSubTypes.Type(value = Remediation.Dispatched.class, name = "dispatched"),
  @JsonSubTypes.Type(value = Remediation.Running.class, name = "running"),
  @JsonSubTypes.Type(value = Remediation.Succeeded.class, name = "succeeded"),
  @JsonSubTypes.Type(value = Remediation.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Remediation.Unknown.class, name = "unknown"),
  @JsonSubTypes.Type(value = Remediation.Verifying.class, name = "verifying"),
  @JsonSubTypes.Type(value = Remediation.Verified.class, name = "verified"),
  @JsonSubTypes.Type(value = Remediation.Escalated.class, name = "escalated"),
  @JsonSubTypes.Type(value = Remediation.Blocked.class, name = "blocked"),
  @JsonSubTypes.Type(value = Remediation.Rejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = Remediation.Expired.class, name = "expired"),
  @JsonSubTypes.Type(value = Remediation.Superseded.class, name = "superseded"),
  @JsonSubTypes.Type(value = Remediation.Withdrawn.class, name = "withdrawn")
})
public sealed interface Remediation {
  Dossier dossier();

  /// Recorded or shown only; it never runs from here.
  ///
  /// @param reason why it goes no further
  record Proposed(Dossier dossier, String reason) implements Remediation {}

  /// People are asked.
  ///
  /// @param approvals those that count so far
  record AwaitingApproval(Dossier dossier, List<Approval> approvals, Instant expiresAt)
      implements Remediation {
    public AwaitingApproval {
      approvals = List.copyOf(approvals);
    }
  }

  /// Enough people agreed, or none is needed; it runs once no guard objects to fresh evidence.
  ///
  /// @param heldBy what guards said when it was last judged; empty if it was not judged yet
  record Approved(Dossier dossier, List<Approval> approvals, Instant expiresAt, String heldBy)
      implements Remediation {
    public Approved {
      approvals = List.copyOf(approvals);
    }
  }

  /// A plan was made; it may or may not have reached the host.
  record Dispatched(Dossier dossier, List<Approval> approvals, IssuedPlan plan)
      implements Remediation {
    public Dispatched {
      approvals = List.copyOf(approvals);
    }
  }

  /// The host has said that it began.
  record Running(Dossier dossier, List<Approval> approvals, IssuedPlan plan, Instant startedAt)
      implements Remediation {
    public Running {
      approvals = List.copyOf(approvals);
    }
  }

  /// The host says it worked and its independent signal agrees; nothing is verified yet.
  record Succeeded(Dossier dossier, IssuedPlan plan, Instant endedAt) implements Remediation {}

  /// It did not help; the next rung or a person follows.
  record Failed(Dossier dossier, String reason, Instant at) implements Remediation {}

  /// Nobody can tell what happened; a person follows, never another run.
  record Unknown(Dossier dossier, String reason, Instant at) implements Remediation {}

  /// Waits for the alert to resolve on data newer than the action.
  ///
  /// @param until when it counts as not having helped
  record Verifying(Dossier dossier, IssuedPlan plan, Instant endedAt, Instant until)
      implements Remediation {}

  /// The alert resolved on data newer than the action.
  record Verified(Dossier dossier, Instant at) implements Remediation {}

  /// A person has to look.
  record Escalated(Dossier dossier, String reason, Instant at) implements Remediation {}

  /// It could not even be asked for.
  record Blocked(Dossier dossier, String reason, Instant at) implements Remediation {}

  record Rejected(Dossier dossier, String person, String reason, Instant at)
      implements Remediation {}

  /// Nobody decided, or nothing could be dispatched, in time.
  record Expired(Dossier dossier, String reason, Instant at) implements Remediation {}

  /// Something else takes its place: other policies, the next rung.
  record Superseded(Dossier dossier, String reason, Instant at) implements Remediation {}

  /// Nothing is left to repair.
  record Withdrawn(Dossier dossier, String reason, Instant at) implements Remediation {}

  /// The state's name in kebab case, as in documents and the API.
  default String stateName() {
    return switch (this) {
      case Proposed _ -> "proposed";
      case AwaitingApproval _ -> "awaiting-approval";
      case Approved _ -> "approved";
      case Dispatched _ -> "dispatched";
      case Running _ -> "running";
      case Succeeded _ -> "succeeded";
      case Failed _ -> "failed";
      case Unknown _ -> "unknown";
      case Verifying _ -> "verifying";
      case Verified _ -> "verified";
      case Escalated _ -> "escalated";
      case Blocked _ -> "blocked";
      case Rejected _ -> "rejected";
      case Expired _ -> "expired";
      case Superseded _ -> "superseded";
      case Withdrawn _ -> "withdrawn";
    };
  }

  /// Why it is in this state, for a person; empty if there is nothing to say.
  default String detail() {
    return switch (this) {
      case Proposed(_, String reason) -> reason;
      case AwaitingApproval(Dossier dossier, List<Approval> approvals, _) ->
          "%d of %d people approved".formatted(approvals.size(), dossier.terms().approvalsNeeded());
      case Approved approved -> approved.heldBy();
      case Dispatched(_, _, IssuedPlan plan) -> "plan " + plan.id();
      case Running running -> "started at " + running.startedAt();
      case Succeeded(_, _, Instant endedAt) -> "ended at " + endedAt;
      case Failed(_, String reason, _) -> reason;
      case Unknown(_, String reason, _) -> reason;
      case Verifying verifying -> "waits for the alert to resolve until " + verifying.until();
      case Verified _ -> "the alert resolved on data newer than the action";
      case Escalated(_, String reason, _) -> reason;
      case Blocked(_, String reason, _) -> reason;
      case Rejected(_, String person, String reason, _) -> "%s: %s".formatted(person, reason);
      case Expired(_, String reason, _) -> reason;
      case Superseded(_, String reason, _) -> reason;
      case Withdrawn(_, String reason, _) -> reason;
    };
  }

  /// How far a state has come.
  enum Phase {
    /// Waits, and something may still come of it.
    WAITING,
    /// A host may be acting, or has acted and nobody knows yet whether it helped.
    UNDER_WAY,
    /// Nothing comes any more.
    CLOSED
  }

  default Phase phase() {
    return switch (this) {
      case Proposed _, AwaitingApproval _, Approved _ -> Phase.WAITING;
      case Dispatched _, Running _, Succeeded _, Failed _, Unknown _, Verifying _ ->
          Phase.UNDER_WAY;
      case Verified _, Escalated _, Blocked _, Rejected _, Expired _, Superseded _, Withdrawn _ ->
          Phase.CLOSED;
    };
  }
}
