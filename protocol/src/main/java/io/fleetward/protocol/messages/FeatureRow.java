package io.fleetward.protocol.messages;

import java.time.Instant;
import java.util.Map;

/// What a model saw of a host at one time, and what it said: what versions of the model are trained
/// on.
///
/// @param model the name of its specification
/// @param hostClass the class of the host when it was scored
/// @param at event time of the row
/// @param features values by the names of their series; those without a value are left out
/// @param score 0 to 1; NaN if UNDETERMINED
/// @param alarm whether the host's own detector alarmed
public record FeatureRow(
    String instance,
    String model,
    String hostClass,
    Instant at,
    Map<String, Double> features,
    double score,
    boolean alarm) {
  public FeatureRow {
    features = Map.copyOf(features);
  }
}
