package io.fleetward.remediation.proposal;

import io.fleetward.remediation.policy.Limits;
import io.fleetward.remediation.policy.Mode;
import io.fleetward.remediation.policy.Policy;
import io.fleetward.remediation.policy.Risk;
import java.time.Duration;

/// The conditions that a proposal was made under, as its policy had them then.
///
/// @param approvalsNeeded how many distinct people must approve
/// @param rungs how many steps the ladder has
public record Terms(
    Mode mode,
    Risk risk,
    int approvalsNeeded,
    Duration expires,
    Duration fresh,
    Limits limits,
    Duration resolvedWithin,
    int rungs) {
  static Terms of(Policy policy, Risk risk) {
    return new Terms(
        policy.mode(),
        risk,
        policy.approvalsNeeded(risk),
        policy.expires(),
        policy.fresh(),
        policy.limits(),
        policy.resolvedWithin(),
        policy.ladder().size());
  }
}
