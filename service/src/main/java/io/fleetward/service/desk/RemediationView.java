package io.fleetward.service.desk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A remediation as people see it.
///
/// @param state in kebab case: `awaiting-approval`, `approved`, `dispatched`, `running`,
///   `verifying`, `verified`, `escalated`, `blocked`, `rejected`, `expired`, `superseded`, …
/// @param stateDetail why it is in this state, for a person; empty if there is nothing to say
/// @param requester who asked for it: `policy:NAME` or a person
/// @param proposalHash what approvals bind, SHA-256 in hexadecimal
/// @param approvalsNeeded how many distinct people must approve
/// @param expiresAt when waiting for approval ends; null once nobody waits
public record RemediationView(
    String id,
    String incident,
    String instance,
    String action,
    Map<String, String> parameters,
    String risk,
    String policy,
    String state,
    String stateDetail,
    String requester,
    String proposalHash,
    int approvalsNeeded,
    List<ApprovalView> approvals,
    Instant proposedAt,
    @Nullable Instant expiresAt) {
  public RemediationView {
    parameters = Map.copyOf(parameters);
    approvals = List.copyOf(approvals);
  }

  /// @param decision `approve` or `reject`
  public record ApprovalView(String person, String decision, String reason, Instant at) {}
}
