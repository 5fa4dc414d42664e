package io.fleetward.service.scoring;

import java.util.concurrent.atomic.AtomicReference;

/// The plan that hosts are to follow, with what they say about its rules; replaced as a whole. Each
/// host goes over to a new plan with its next record. Thread safe.
final class PlanInForce {
  private final RuleMetrics metrics;
  private final AtomicReference<Active> active;

  /// One plan while it is in force. The same only as itself.
  static final class Active {
    private final ScoringPlan plan;
    private final RuleBoard board;

    private Active(ScoringPlan plan, RuleBoard board) {
      this.plan = plan;
      this.board = board;
    }

    ScoringPlan plan() {
      return plan;
    }

    /// Hears of the plan's rules.
    RuleBoard board() {
      return board;
    }
  }

  PlanInForce(ScoringPlan first, RuleMetrics metrics) {
    this.metrics = metrics;
    this.active = new AtomicReference<>(begin(first));
  }

  private Active begin(ScoringPlan plan) {
    Active begun = new Active(plan, new RuleBoard(plan, metrics));
    metrics.follow(begun.board());
    return begun;
  }

  Active get() {
    return active.get();
  }

  void replaceBy(ScoringPlan next) {
    active.set(begin(next));
  }
}
