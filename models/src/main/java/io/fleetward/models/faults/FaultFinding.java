package io.fleetward.models.faults;

import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.List;

/// What kind of fault an instant looks like, and what that was told from.
///
/// @param kinds the most probable first, never empty; [FaultKind#UNKNOWN] first if none can be
///   named
/// @param reason why none can be named, for people; empty if one is
/// @param deviations features that are beyond their unit in the direction of faults, farthest
///   first; all that the kinds were told from
public record FaultFinding(
    List<FaultProbability> kinds, String reason, List<Contribution> deviations) {
  /// Kinds that are told, besides an unknown one in front.
  static final int MOST_KINDS = 3;

  public FaultFinding {
    kinds = List.copyOf(kinds);
    deviations = List.copyOf(deviations);
  }

  /// Nobody can tell, for a reason.
  public static FaultFinding unknown(String reason) {
    return unknown(reason, List.of());
  }

  static FaultFinding unknown(String reason, List<Contribution> deviations) {
    return new FaultFinding(
        List.of(new FaultProbability(FaultKind.UNKNOWN, 1)), reason, deviations);
  }
}
