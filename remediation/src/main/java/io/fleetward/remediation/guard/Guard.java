package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Proposal;

/// One reason not to act. Guards block harm, never recovery: nobody asks them before a pause ends,
/// a proposal is rejected or an incident resolves (I13).
public sealed interface Guard
    permits ApprovalsGiven,
        AttemptCap,
        BlastRadius,
        ClockKnown,
        Cooldown,
        FreshEvidence,
        HostKeyKnown,
        NothingUnderWay,
        NotPaused,
        PolicyInForce,
        ProvenEvidence,
        StillFiring,
        TargetKnown {
  /// In kebab case; the same in traces and metrics.
  String name();

  GuardFinding judge(Proposal proposal, Situation situation);

  default GuardFinding passes(String reason) {
    return new GuardFinding(name(), false, reason, "");
  }

  default GuardFinding objects(String reason, String remedy) {
    return new GuardFinding(name(), true, reason, remedy);
  }
}
