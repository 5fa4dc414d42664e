package io.fleetward.service.desk;

import io.fleetward.models.registry.ShadowRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The versions of a model for one class of hosts.
///
/// @param champion the version that hosts begin from; null while they start cold
/// @param challenger the version that scores in the shadow; null if none does
/// @param versions all of them, newest first
/// @param askedBy who waits for training; null if nobody does
/// @param triedAt when training was last tried; null if never
/// @param outcome what came of it
public record ModelClassView(
    String hostClass,
    @Nullable String champion,
    @Nullable String challenger,
    List<Version> versions,
    @Nullable String askedBy,
    @Nullable Instant triedAt,
    String outcome) {
  public ModelClassView {
    versions = List.copyOf(versions);
  }

  /// @param role `champion`, `challenger` or `retired`
  /// @param state how it came to be that, such as `promoted` or `rolled-back`
  /// @param rows how many were learnt
  /// @param heldOut how it fared on rows that it had not learnt
  public record Version(
      String id,
      String role,
      String state,
      Instant trainedAt,
      int hosts,
      long rows,
      ShadowRecord heldOut) {}
}
