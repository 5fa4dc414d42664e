package io.fleetward.bench.detection;

import io.fleetward.bench.Goal;
import io.fleetward.bench.GoalResult;

/// A goal beside what is public.
///
/// @param stretch what would be remarkable; NaN where none was set
/// @param anchor what others reach
record Target(Goal goal, double stretch, String anchor) {

  /// @param stretchMet whether the number is as good as the stretch, too
  record Outcome(Target target, GoalResult result, boolean stretchMet) {}

  Outcome judge(double value) {
    boolean remarkable =
        !Double.isNaN(stretch)
            && switch (goal.bound()) {
              case AT_LEAST -> value >= stretch;
              case AT_MOST -> value <= stretch;
            };
    return new Outcome(this, goal.judge(value), remarkable);
  }

  Outcome notMeasured(String reason) {
    return new Outcome(this, new GoalResult.NotMeasured(goal, reason), false);
  }

  static Target atLeast(String name, double limit, double stretch, String anchor) {
    return new Target(Goal.atLeast(name, limit, ""), stretch, anchor);
  }

  static Target atMost(String name, double limit, String unit, double stretch, String anchor) {
    return new Target(Goal.atMost(name, limit, unit), stretch, anchor);
  }
}
