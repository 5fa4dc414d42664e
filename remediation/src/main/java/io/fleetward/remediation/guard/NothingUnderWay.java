package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Proposal;

/// Objects while another action is under way on the target.
public record NothingUnderWay() implements Guard {
  @Override
  public String name() {
    return "under-way";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    return situation.target().acting().isEmpty()
        ? passes("no other action is under way on %s".formatted(proposal.instance()))
        : objects(
            "under way on %s: %s"
                .formatted(proposal.instance(), String.join(", ", situation.target().acting())),
            "wait until it has ended and was verified");
  }
}
