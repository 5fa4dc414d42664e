package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Approval;
import io.fleetward.remediation.proposal.Terms;
import java.time.Instant;
import java.util.List;

/// Everything that guards judge by, as it is at one instant in the broker's time.
///
/// @param clockKnown whether `now` was checked against the broker since this process started
/// @param terms of the proposal
/// @param policyVersionInForce digest of the policy of that name as it is now; empty if there is
///   none any more
/// @param evidence the newest that was heard of the alert
/// @param evidenceAfter evidence counts only if it is newer than this: the last restart, resume or
///   action on the target
/// @param pauses reasons of all pauses in force
/// @param scope how busy the policy's scope is
/// @param target how busy the target is
/// @param approvals all that were given for this proposal
public record Situation(
    Instant now,
    boolean clockKnown,
    Terms terms,
    String policyVersionInForce,
    Evidence evidence,
    EvidenceLimit evidenceAfter,
    List<String> pauses,
    Scope scope,
    Target target,
    List<Approval> approvals) {
  public Situation {
    pauses = List.copyOf(pauses);
    approvals = List.copyOf(approvals);
  }

  /// @param because what happened then, for a person
  public record EvidenceLimit(Instant after, String because) {
    public EvidenceLimit orLater(EvidenceLimit other) {
      return after.isBefore(other.after()) ? other : this;
    }
  }

  /// @param hosts how many hosts of the scope announced themselves or had an alert in the last
  ///   hour; never more than there are, so a percentage of it errs towards fewer
  /// @param acting on how many of them the policy has an action under way, this proposal's aside
  public record Scope(int hosts, int acting) {}

  /// What is known of the key by which a host can be told from another of the same name.
  public sealed interface HostKey {
    /// The key that the host announced last is one that its reports are believed by.
    record Known(String fingerprint) implements HostKey {}

    /// @param reason why nobody can say which host would act
    record Doubtful(String reason, String remedy) implements HostKey {}
  }

  /// @param seen whether the host was heard of in the last hour
  /// @param acting ids of other remediations with an action under way on it
  /// @param lastAction when the policy last acted on it for another alert; [Instant#EPOCH] if never
  /// @param attempts how many plans it got for this alert name in the last [AttemptCap#WINDOW]
  public record Target(
      boolean seen, HostKey key, List<String> acting, Instant lastAction, int attempts) {
    public Target {
      acting = List.copyOf(acting);
    }
  }
}
