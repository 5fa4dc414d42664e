package io.fleetward.remediation.policy;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import java.time.Duration;
import java.util.List;

/// Which alerts get which actions, under which approvals and limits.
///
/// @param on all of these must hold for an alert's labels; never empty
/// @param fresh how old the alert's last evaluation may be when an action is dispatched
/// @param ladder the actions to try, the gentlest first; never empty
/// @param approvals how many distinct people must approve, 0 to 2
/// @param expires how long a proposal waits for approval, and an approved one for its dispatch
/// @param resolvedWithin how long after the action the alert may take to resolve
public record Policy(
    String name,
    List<LabelMatcher> on,
    Mode mode,
    Duration fresh,
    List<Rung> ladder,
    int approvals,
    Duration expires,
    Limits limits,
    Duration resolvedWithin) {
  public Policy {
    on = List.copyOf(on);
    ladder = List.copyOf(ladder);
    if (on.isEmpty() || ladder.isEmpty()) {
      throw new IllegalArgumentException("a policy needs a matcher and an action");
    }
  }

  public boolean matches(Labels alert) {
    return on.stream().allMatch(matcher -> matcher.matches(alert));
  }

  /// How many distinct people must approve an action of this risk.
  ///
  /// One signal, the alert, is all the evidence there is. That carries a `low` risk by itself; for
  /// anything above a person has to be the second signal, whatever the policy says (I9).
  public int approvalsNeeded(Risk risk) {
    return switch (mode) {
      case OBSERVE, SUGGEST, APPROVE -> Math.max(1, approvals);
      case AUTOMATIC -> risk == Risk.LOW ? approvals : Math.max(1, approvals);
    };
  }
}
