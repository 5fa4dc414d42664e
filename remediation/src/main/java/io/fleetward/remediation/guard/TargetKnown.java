package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Proposal;

/// Objects to a target that is empty or was not heard of: that means nobody, never everybody (I1).
public record TargetKnown() implements Guard {
  @Override
  public String name() {
    return "target";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    if (proposal.instance().isEmpty()) {
      return objects(
          "the proposal names no host", "mend the rule so that its alerts have an instance");
    }
    return situation.target().seen()
        ? passes("%s was heard of in the last hour".formatted(proposal.instance()))
        : objects(
            "%s was not heard of in the last hour".formatted(proposal.instance()),
            "start the agent on the host, or correct the label instance");
  }
}
