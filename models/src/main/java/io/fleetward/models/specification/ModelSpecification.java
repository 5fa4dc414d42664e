package io.fleetward.models.specification;

import java.util.HashSet;
import java.util.List;

/// A model as its file describes it; one fitted model is made from it for each host.
///
/// @param name unique among all models, such as `host`
/// @param score the metric name of the series that the detector writes
/// @param features in the order in which rows carry them
/// @param centroids how many usual behaviours K-Means may tell apart
/// @param anomalousAt the score from which a row counts as anomalous, above 0 and below 1
public record ModelSpecification(
    String name,
    String score,
    List<FeatureSpecification> features,
    DetectorKind detector,
    int centroids,
    TrainingSpecification training,
    double anomalousAt) {
  public static final int MOST_FEATURES = 256;
  public static final int MOST_CENTROIDS = 256;

  public ModelSpecification {
    features = List.copyOf(features);
    if (name.isEmpty() || score.isEmpty()) {
      throw new IllegalArgumentException("a model needs a name and a score series");
    }
    if (features.isEmpty()
        || features.size() > MOST_FEATURES
        || centroids < 1
        || centroids > MOST_CENTROIDS
        || !(anomalousAt > 0 && anomalousAt < 1)) {
      throw new IllegalArgumentException("model \"%s\" is out of bounds".formatted(name));
    }
    if (new HashSet<>(features.stream().map(FeatureSpecification::series).toList()).size()
        != features.size()) {
      throw new IllegalArgumentException("model \"%s\" reads a series twice".formatted(name));
    }
  }

  /// The series that the model reads, in row order.
  public List<String> series() {
    return features.stream().map(FeatureSpecification::series).toList();
  }

  /// The kinds of detector that exist.
  public enum DetectorKind {
    K_MEANS
  }
}
