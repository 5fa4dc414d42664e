package io.fleetward.models.training;

import io.fleetward.models.registry.ModelVersion;

/// What came of training.
public sealed interface Trained {
  /// A version with how it fared on the rows held out.
  record Version(ModelVersion version) implements Trained {}

  /// No version, and why.
  record Refused(String reason) implements Trained {}
}
