package io.fleetward.remediation.proposal;

import io.fleetward.remediation.digest.ContentDigest;
import java.time.Duration;
import java.util.Map;

/// What could be done about a claim. Unsigned, and nothing that a host would run.
///
/// @param instance the one host it is for; empty means nobody
/// @param timeout after which the host ends the action
/// @param policyVersion digest of the policy and the actions that it was made from
/// @param rung the step on the policy's ladder, from 0
/// @param requester who asked for it: `policy:NAME` or a person's name
public record Proposal(
    String instance,
    String action,
    Map<String, String> parameters,
    Duration timeout,
    String policy,
    String policyVersion,
    int rung,
    String requester,
    Claim claim) {
  public Proposal {
    parameters = Map.copyOf(parameters);
  }

  /// What approvals bind: SHA-256, in hexadecimal, of everything this proposal says (I14).
  public String hash() {
    Incarnation incarnation = claim.incarnation();
    return new ContentDigest("proposal")
        .field("instance", instance)
        .field("action", action)
        .field("parameters", parameters)
        .field("timeout", timeout.toString())
        .field("policy", policy)
        .field("policy_version", policyVersion)
        .field("rung", Integer.toString(rung))
        .field("requester", requester)
        .field("incident", claim.incident())
        .field("alert", claim.alert())
        .field("alert_name", claim.alertName())
        .field("alert_labels", claim.alertLabels())
        .field("active_at", claim.activeAt().toString())
        .field("boot_id", incarnation.bootId())
        .field("pid", incarnation.pid())
        .field("start", incarnation.start())
        .hex();
  }
}
