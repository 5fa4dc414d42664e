package io.fleetward.service.desk;

import java.util.List;

/// A model in force.
///
/// @param detector its kind, such as `ensemble`
/// @param score the series that it writes
/// @param features the series that it reads, in order
/// @param trainable whether versions are trained for classes of hosts; otherwise each host learns
///   by itself
/// @param classes of hosts of which versions or rows are known
public record ModelView(
    String name,
    String detector,
    String score,
    List<String> features,
    boolean trainable,
    List<ModelClassView> classes) {
  public ModelView {
    features = List.copyOf(features);
    classes = List.copyOf(classes);
  }
}
