package io.fleetward.service.desk;

import io.fleetward.models.registry.Provenance;
import java.time.Instant;
import java.util.List;

/// A version of a model: where it comes from, and what became of it.
///
/// @param role `champion`, `challenger` or `retired`
/// @param history oldest first
public record ModelVersionView(
    String id, String role, Provenance provenance, List<Change> history) {
  public ModelVersionView {
    history = List.copyOf(history);
  }

  /// @param state that the version came into, such as `promoted`
  /// @param by a person, or `training`
  public record Change(Instant at, String state, String by, String reason) {}
}
