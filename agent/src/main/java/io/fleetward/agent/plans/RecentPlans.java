package io.fleetward.agent.plans;

import io.fleetward.agent.action.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/// The daemon's own memory of what it handed to the runner since it started. The runner's journal
/// is the other, lasting one. Confined to the actions thread.
final class RecentPlans implements Ledger {
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int MOST = 10_000;

  private record Handed(String nonce, String action, Instant at) {}

  private final ArrayDeque<Handed> handed = new ArrayDeque<>();

  void add(String nonce, String action, Instant at) {
    handed.addLast(new Handed(nonce, action, at));
    while (handed.size() > MOST || handed.getFirst().at().isBefore(at.minus(KEPT))) {
      handed.removeFirst();
    }
  }

  @Override
  public Instant beganAt() {
    return Instant.MIN;
  }

  @Override
  public boolean hasSeen(String nonce) {
    return handed.stream().anyMatch(plan -> plan.nonce().equals(nonce));
  }

  @Override
  public int startsSince(String action, Instant since) {
    return (int)
        handed.stream()
            .filter(plan -> plan.action().equals(action) && plan.at().isAfter(since))
            .count();
  }
}
