package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Proposal;
import java.util.List;

/// All guards, in the order in which people read them.
public final class Guards {
  public static final Guard TARGET = new TargetKnown();
  public static final Guard ATTEMPTS = new AttemptCap();

  private static final List<Guard> ALL =
      List.of(
          TARGET,
          new HostKeyKnown(),
          new PolicyInForce(),
          new StillFiring(),
          new ClockKnown(),
          new FreshEvidence(),
          new ProvenEvidence(),
          new ApprovalsGiven(),
          new NotPaused(),
          new NothingUnderWay(),
          new BlastRadius(),
          new Cooldown(),
          ATTEMPTS);

  private Guards() {}

  /// Asks every guard, also after one has objected.
  public static List<GuardFinding> judge(Proposal proposal, Situation situation) {
    return ALL.stream().map(guard -> guard.judge(proposal, situation)).toList();
  }

  public static List<Guard> all() {
    return ALL;
  }
}
