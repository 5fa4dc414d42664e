package io.fleetward.remediation.guard;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.Provenance;
import io.fleetward.remediation.proposal.Proposal;

/// Objects to evidence that anybody who can write metrics may have written: it has to come under
/// the host's own key.
public record ProvenEvidence() implements Guard {
  private static final String ENROL =
      "enrol the host (fleetward hosts token, then fleetward agent enrol on it) and let nobody else write metrics under its instance";

  @Override
  public String name() {
    return "provenance";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    if (!(situation.evidence() instanceof Evidence.Heard(AlertMessage alert))) {
      return passes("nothing was heard of the alert that could be forged");
    }
    Provenance provenance = alert.provenance();
    if (provenance == null) {
      return objects("nobody has looked where the evidence came from", ENROL);
    }
    return provenance.proven()
        ? passes("all evidence came under the key of %s".formatted(proposal.instance()))
        : objects(provenance.detail(), ENROL);
  }
}
