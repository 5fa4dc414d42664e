package io.fleetward.models.detection;

/// What a detector says about one row.
public sealed interface Assessment {

  /// The detector cannot say, and why. Instances are shared, one for each reason.
  record Undetermined(String reason) implements Assessment {}

  /// How unusual the row is.
  ///
  /// @param score one minus an upper bound of the probability that a healthy row lies this far out;
  ///   0 to 1, the same meaning on every host
  /// @param missing features that had no value; if any, the score is a lower bound
  record Scored(double score, int missing) implements Assessment {}
}
