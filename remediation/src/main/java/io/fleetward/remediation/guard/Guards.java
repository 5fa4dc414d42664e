package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Proposal;
import java.util.List;

/// Guards that are asked together, in the order in which people read them.
public record Guards(List<Guard> all) {
  public static final Guard TARGET = new TargetKnown();
  public static final Guard ATTEMPTS = new AttemptCap();

  private static final Guards STANDARD =
      new Guards(
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
              ATTEMPTS));

  public Guards {
    all = List.copyOf(all);
  }

  /// Every guard there is.
  public static Guards standard() {
    return STANDARD;
  }

  /// Asks every guard, also after one has objected.
  public List<GuardFinding> judge(Proposal proposal, Situation situation) {
    return all.stream().map(guard -> guard.judge(proposal, situation)).toList();
  }
}
