package io.fleetward.models.training;

import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.stream.Ensemble;
import io.fleetward.models.stream.Times;
import java.util.List;
import java.util.Optional;

/// What is trained.
///
/// @param model the name of the specification
/// @param hostClass the class of hosts
/// @param features the series that a row holds, in order
public record TrainingSubject(String model, String hostClass, List<String> features) {
  public TrainingSubject {
    features = List.copyOf(features);
  }

  /// An ensemble for this subject that knows nothing yet.
  public Ensemble cold() {
    return new Ensemble(features.size(), Times.SECONDS);
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
