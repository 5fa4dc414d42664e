package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Approval;
import io.fleetward.remediation.proposal.Proposal;

/// Objects until enough people other than the requester approved exactly this proposal (I14).
public record ApprovalsGiven() implements Guard {
  @Override
  public String name() {
    return "approval";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    String hash = proposal.hash();
    int needed = situation.terms().approvalsNeeded();
    long people =
        situation.approvals().stream()
            .filter(approval -> approval.proposalHash().equals(hash))
            .map(Approval::person)
            .filter(person -> !person.equals(proposal.requester()))
            .distinct()
            .count();
    long otherwise =
        situation.approvals().stream()
            .filter(approval -> !approval.proposalHash().equals(hash))
            .count();
    String reason =
        "%d of %d people approved%s"
            .formatted(
                people,
                needed,
                otherwise == 0
                    ? ""
                    : "; %d approvals are void, they were for a proposal that was altered since"
                        .formatted(otherwise));
    return people >= needed
        ? passes(reason)
        : objects(reason, "ask someone other than %s to approve".formatted(proposal.requester()));
  }
}
