package io.fleetward.models.specification;

/// One feature of a model.
///
/// @param series the metric name of the recording rule that makes it
/// @param scaleFloor the smallest deviation that means anything, in the feature's own unit; 0 where
///   every deviation does
/// @param direction which deviations count
public record FeatureSpecification(String series, double scaleFloor, Direction direction) {
  public FeatureSpecification {
    if (series.isEmpty() || !(scaleFloor >= 0) || Double.isInfinite(scaleFloor)) {
      throw new IllegalArgumentException(
          "a feature needs a series and a scale floor of at least 0: %s %s"
              .formatted(series, scaleFloor));
    }
  }

  /// Which side of what is usual can be anomalous.
  public enum Direction {
    BOTH,
    UP,
    DOWN
  }
}
