package io.fleetward.service.desk;

import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.messages.AlertMessage.KindProbability;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What kind of fault an incident looks like, and what a person says it is.
///
/// @param at the instant that was judged, in the host's time; null if no model told kinds
/// @param kinds the most probable first; `unknown` first if none can be named
/// @param reason why none can be named; empty if one is
/// @param deviations what the kinds were told from, farthest first
/// @param stated null unless a person said what it is
public record FaultView(
    @Nullable Instant at,
    List<KindProbability> kinds,
    String reason,
    List<Contribution> deviations,
    @Nullable Statement stated) {
  public FaultView {
    kinds = List.copyOf(kinds);
    deviations = List.copyOf(deviations);
  }

  /// @param kind such as `memory-leak`
  public record Statement(String kind, String person, String reason, Instant at) {}
}
