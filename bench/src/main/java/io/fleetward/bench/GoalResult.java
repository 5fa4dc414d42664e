package io.fleetward.bench;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What became of a goal.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GoalResult.Met.class, name = "met"),
  @JsonSubTypes.Type(value = GoalResult.Missed.class, name = "missed"),
  @JsonSubTypes.Type(value = GoalResult.NotMeasured.class, name = "not measured")
})
public sealed interface GoalResult {
  Goal goal();

  record Met(Goal goal, double value) implements GoalResult {}

  record Missed(Goal goal, double value) implements GoalResult {}

  /// @param reason why there is no number
  record NotMeasured(Goal goal, String reason) implements GoalResult {}
}
