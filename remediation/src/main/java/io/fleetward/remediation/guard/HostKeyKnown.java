package io.fleetward.remediation.guard;

import io.fleetward.remediation.guard.Situation.HostKey;
import io.fleetward.remediation.proposal.Proposal;

/// Objects while the key of the target is not known or not trusted: of two hosts that go by one
/// name both would act (I2, I6), and neither's report would be believed.
public record HostKeyKnown() implements Guard {
  @Override
  public String name() {
    return "host-key";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    return switch (situation.target().key()) {
      case HostKey.Known(String fingerprint) ->
          passes("%s announced the trusted key %s".formatted(proposal.instance(), fingerprint));
      case HostKey.Doubtful(String reason, String remedy) -> objects(reason, remedy);
    };
  }
}
