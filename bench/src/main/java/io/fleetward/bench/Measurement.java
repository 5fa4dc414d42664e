package io.fleetward.bench;

import java.util.List;

/// What one run of a benchmark found.
public record Measurement(List<GoalResult> goals, List<Figure> figures) {
  public Measurement {
    goals = List.copyOf(goals);
    figures = List.copyOf(figures);
  }

  /// Whether something was measured and no measured goal was missed.
  public boolean passed() {
    return goals.stream().anyMatch(GoalResult.Met.class::isInstance)
        && goals.stream().noneMatch(GoalResult.Missed.class::isInstance);
  }
}
