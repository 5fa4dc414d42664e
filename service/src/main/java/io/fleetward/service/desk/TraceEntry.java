package io.fleetward.service.desk;

import java.time.Instant;
import java.util.List;

/// One decision of the control side, with everything that spoke for or against it.
///
/// @param decision what was decided, in kebab case: `propose`, `hold`, `dispatch`, `verify`, …
/// @param subject what it was about: an incident, an alert or a remediation
/// @param reason for a person
/// @param guards every guard that was asked, not only the first that objected
/// @param inputs what the decision was taken on, as `name=value`
public record TraceEntry(
    Instant at,
    String decision,
    String subject,
    String reason,
    List<GuardView> guards,
    List<String> inputs) {
  public TraceEntry {
    guards = List.copyOf(guards);
    inputs = List.copyOf(inputs);
  }

  /// @param objects whether it stood against acting
  /// @param remedy what would have to change, for a person; empty if it did not object
  public record GuardView(String name, boolean objects, String reason, String remedy) {}
}
