package io.fleetward.remediation.guard;

import io.fleetward.remediation.policy.Limits;
import io.fleetward.remediation.proposal.Proposal;

/// Objects when the policy already acts on as many hosts of its scope as it may.
public record BlastRadius() implements Guard {
  @Override
  public String name() {
    return "blast-radius";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    Limits limits = situation.terms().limits();
    Situation.Scope scope = situation.scope();
    int allowed = limits.allowedAmong(scope.hosts());
    String reason =
        "policy %s acts on %d and may act on %d at once (at_most %d, percent %s, hosts %d)"
            .formatted(
                proposal.policy(),
                scope.acting(),
                allowed,
                limits.atMost(),
                limits.percent(),
                scope.hosts());
    return scope.acting() < allowed
        ? passes(reason)
        : objects(reason, "wait until an action of this policy has ended, or raise its limits");
  }
}
