package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Proposal;
import java.time.Duration;

/// Objects when a host had its attempts for this alert name; then a person decides (I7).
public record AttemptCap() implements Guard {
  /// How far back attempts count. A day: long enough to stop a loop, and a host that was well for a
  /// day starts anew.
  public static final Duration WINDOW = Duration.ofDays(1);

  @Override
  public String name() {
    return "attempts";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    int attempts = situation.target().attempts();
    int cap = situation.terms().limits().attempts();
    String reason =
        "%s had %d of %d attempts for %s in the last %d hours"
            .formatted(
                proposal.instance(), attempts, cap, proposal.claim().alertName(), WINDOW.toHours());
    return attempts < cap
        ? passes(reason)
        : objects(reason, "repair the host by hand: repeating the action does not help");
  }
}
