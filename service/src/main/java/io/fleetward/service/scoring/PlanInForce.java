package io.fleetward.service.scoring;

import io.fleetward.service.fleet.FleetPlan;
import io.fleetward.service.fleet.FleetSettings;
import java.util.concurrent.atomic.AtomicReference;

/// The plan that hosts are to follow, with what they say about its rules; replaced as a whole. Each
/// host goes over to a new plan with its next record. Thread safe.
final class PlanInForce {
  private final RuleMetrics metrics;
  private final FleetSettings settings;
  private final AtomicReference<Active> active;

  /// One plan while it is in force. The same only as itself.
  static final class Active {
    private final ScoringPlan plan;
    private final RuleBoard board;
    private final FleetPlan fleet;

    private Active(ScoringPlan plan, RuleBoard board, FleetPlan fleet) {
      this.plan = plan;
      this.board = board;
      this.fleet = fleet;
    }

    ScoringPlan plan() {
      return plan;
    }

    /// What is evaluated where all hosts come together.
    FleetPlan fleet() {
      return fleet;
    }

    /// Hears of the plan's rules.
    RuleBoard board() {
      return board;
    }
  }

  PlanInForce(ScoringPlan first, FleetSettings settings, RuleMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
    this.active = new AtomicReference<>(begin(first));
  }

  private Active begin(ScoringPlan plan) {
    FleetPlan fleet = FleetPlan.of(plan.rulePlan(), plan.models(), settings);
    Active begun = new Active(plan, new RuleBoard(plan, metrics), fleet);
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
