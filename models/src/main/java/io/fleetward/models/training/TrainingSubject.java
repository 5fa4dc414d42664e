package io.fleetward.models.training;

import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.models.stream.Ensemble;
import io.fleetward.models.stream.Times;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What is trained.
///
/// @param model the name of the specification
/// @param hostClass the class of hosts
/// @param features the series that a row holds, in order
/// @param floors for each feature the smallest deviation that means anything; 0 where every one
///   does
/// @param falseEpisodesPerDay how many alarms a healthy host may raise in a day
public record TrainingSubject(
    String model,
    String hostClass,
    List<String> features,
    List<Double> floors,
    double falseEpisodesPerDay) {
  private static final double USUAL_BUDGET = 2;

  public TrainingSubject {
    features = List.copyOf(features);
    floors = List.copyOf(floors);
  }

  /// Features of which every deviation means something, with the usual budget of alarms.
  public TrainingSubject(String model, String hostClass, List<String> features) {
    this(model, hostClass, features, Collections.nCopies(features.size(), 0.0), USUAL_BUDGET);
  }

  public static TrainingSubject of(ModelSpecification.Ensemble specification, String hostClass) {
    return new TrainingSubject(
        specification.name(),
        hostClass,
        specification.series(),
        specification.features().stream().map(FeatureSpecification::scaleFloor).toList(),
        specification.falseEpisodesPerDay());
  }

  /// An ensemble for this subject that knows nothing yet.
  public Ensemble cold() {
    double[] least = floors.stream().mapToDouble(Double::doubleValue).toArray();
    return new Ensemble(least, Times.SECONDS, falseEpisodesPerDay);
  }

  /// An ensemble that knows what a version learnt, turned to a host of its own.
  ///
  /// @throws IllegalArgumentException if what was learnt is in a form that this program does not
  ///   know, as after an upgrade
  public Ensemble from(ModelVersion version) {
    Ensemble ensemble = cold();
    ensemble.restore(version.payload());
    ensemble.beginHost();
    return ensemble;
  }

  /// Why [#from] cannot go on from a version; empty if it can.
  public Optional<String> misfit(ModelVersion version) {
    return version
        .misfit(model, features)
        .or(() -> {
          try {
            cold().restore(version.payload());
            return Optional.empty();
          } catch (IllegalArgumentException e) {
            return Optional.of(
                "version %s of model \"%s\": %s; train it anew"
                    .formatted(version.id(), model, e.getMessage()));
          }
        });
  }

  @Override
  public String toString() {
    return "model \"%s\", class \"%s\"".formatted(model, hostClass);
  }
}
