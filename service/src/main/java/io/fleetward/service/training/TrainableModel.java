package io.fleetward.service.training;

import java.util.List;

/// A model in force, as far as training is concerned.
///
/// @param detector its kind
/// @param score the series that it writes
/// @param features the series that it reads, in order
/// @param trainable whether versions are trained for classes of hosts
public record TrainableModel(
    String name, String detector, String score, List<String> features, boolean trainable) {
  public TrainableModel {
    features = List.copyOf(features);
  }
}
