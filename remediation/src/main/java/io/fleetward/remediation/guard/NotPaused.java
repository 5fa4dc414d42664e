package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Proposal;

/// Objects while anything is paused.
public record NotPaused() implements Guard {
  @Override
  public String name() {
    return "pause";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    return situation.pauses().isEmpty()
        ? passes("nothing is paused")
        : objects(
            "paused: " + String.join("; ", situation.pauses()), "resume when it is safe to act");
  }
}
