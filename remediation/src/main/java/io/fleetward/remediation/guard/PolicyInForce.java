package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Proposal;

/// Objects when the policy that made the proposal was changed or removed.
public record PolicyInForce() implements Guard {
  @Override
  public String name() {
    return "policy-in-force";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    if (proposal.policyVersion().equals(situation.policyVersionInForce())) {
      return passes("policy %s is in force as it was".formatted(proposal.policy()));
    }
    return objects(
        situation.policyVersionInForce().isEmpty()
            ? "policy %s is no longer in force".formatted(proposal.policy())
            : "policy %s was changed since the proposal was made".formatted(proposal.policy()),
        "wait for a new proposal under the policies in force");
  }
}
