package io.fleetward.service.training;

import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.models.training.TrainingSubject;
import java.util.List;

/// A model in force, as far as training is concerned.
///
/// @param detector its kind
/// @param score the series that it writes
/// @param features the series that it reads, in order
/// @param floors for each feature the smallest deviation that means anything
/// @param falseEpisodesPerDay how many alarms a healthy host may raise in a day
/// @param trainable whether versions are trained for classes of hosts
public record TrainableModel(
    String name,
    String detector,
    String score,
    List<String> features,
    List<Double> floors,
    double falseEpisodesPerDay,
    boolean trainable) {
  public TrainableModel {
    features = List.copyOf(features);
    floors = List.copyOf(floors);
  }

  static TrainableModel of(ModelSpecification specification) {
    List<Double> floors =
        specification.features().stream().map(FeatureSpecification::scaleFloor).toList();
    return switch (specification) {
      case ModelSpecification.KMeans model ->
          new TrainableModel(
              model.name(), "k-means", model.score(), model.series(), floors, 0, false);
      case ModelSpecification.Ensemble model ->
          new TrainableModel(
              model.name(),
              "ensemble",
              model.score(),
              model.series(),
              floors,
              model.falseEpisodesPerDay(),
              true);
    };
  }

  TrainingSubject subject(String hostClass) {
    return new TrainingSubject(name, hostClass, features, floors, falseEpisodesPerDay);
  }
}
