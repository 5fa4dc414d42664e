package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Proposal;
import java.time.Instant;

/// Objects while a host rests from an action of the same policy for another alert.
public record Cooldown() implements Guard {
  @Override
  public String name() {
    return "cooldown";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    Instant until = situation.target().lastAction().plus(situation.terms().limits().cooldown());
    return situation.now().isBefore(until)
        ? objects(
            "policy %s acted on %s at %s"
                .formatted(proposal.policy(), proposal.instance(), situation.target().lastAction()),
            "wait until %s, or shorten the cooldown".formatted(until))
        : passes("%s has rested from policy %s".formatted(proposal.instance(), proposal.policy()));
  }
}
