package io.fleetward.models.kmeans;

/// What came of a fit.
public sealed interface Fit {
  record Fitted(FittedModel model) implements Fit {}

  /// The rows do not make a model; the one in use, if any, stays.
  record Refused(String reason) implements Fit {}
}
