package io.fleetward.models.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Where a version of a model comes from: enough to say what it knows, and to make it again from
/// the same rows.
///
/// @param model the name of its specification
/// @param detector what the payload is, such as `ensemble`
/// @param hostClass the class of hosts that it is for
/// @param features the series that it reads, in row order
/// @param hosts whose rows were learnt, in the order in which they were
/// @param leftOut rows that were not learnt, by the reason
/// @param settings what training was told, by name
/// @param heldOut how it fared on rows that it had not learnt
/// @param seed of everything random in training
/// @param trainedAt when, as told by the caller
/// @param tribuo what Tribuo had part in it
public record Provenance(
    String model,
    String detector,
    String hostClass,
    List<String> features,
    List<LearntHost> hosts,
    Map<String, Long> leftOut,
    Map<String, String> settings,
    ShadowRecord heldOut,
    long seed,
    Instant trainedAt,
    TribuoPart tribuo) {
  public Provenance {
    features = List.copyOf(features);
    hosts = List.copyOf(hosts);
    leftOut = Map.copyOf(leftOut);
    settings = Map.copyOf(settings);
    if (model.isEmpty() || hostClass.isEmpty() || features.isEmpty() || hosts.isEmpty()) {
      throw new IllegalArgumentException("a version needs a model, a class, features and hosts");
    }
  }

  /// What was learnt of one host.
  ///
  /// @param from time of the first row
  /// @param to time of the last row; what came later was not learnt
  public record LearntHost(String instance, Instant from, Instant to, long rows) {}

  /// @param version of the library
  /// @param computed what it computed for the model
  public record TribuoPart(String version, List<String> computed) {
    public TribuoPart {
      computed = List.copyOf(computed);
    }
  }

  /// The oldest row learnt.
  public Instant from() {
    return hosts.stream().map(LearntHost::from).min(Instant::compareTo).orElseThrow();
  }

  /// The newest row learnt.
  public Instant to() {
    return hosts.stream().map(LearntHost::to).max(Instant::compareTo).orElseThrow();
  }

  public long rows() {
    return hosts.stream().mapToLong(LearntHost::rows).sum();
  }
}
