package io.fleetward.bench;

import java.util.List;

/// What one run of a benchmark found.
record Measurement(List<GoalResult> goals, List<Figure> figures) {
  Measurement {
    goals = List.copyOf(goals);
    figures = List.copyOf(figures);
  }

  /// Whether something was measured and no measured goal was missed.
  boolean passed() {
    return goals.stream().anyMatch(GoalResult.Met.class::isInstance)
        && goals.stream().noneMatch(GoalResult.Missed.class::isInstance);
  }
}
