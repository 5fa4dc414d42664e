package io.fleetward.protocol.messages;

import java.time.Instant;
import java.util.Map;

/// What a host says to a [Rehearsal]. Nothing was changed.
///
/// @param rehearsal the rehearsal's id
/// @param wouldAct whether a plan with the same content would begin now
/// @param reason a short code of why not, as a refused plan's; empty if it would
/// @param detail for a person
/// @param evidence what the action would begin from: the independent signal or the target, by name
/// @param at when this was so, in the broker's time as the host knows it
public record RehearsalAnswer(
    String rehearsal,
    String remediation,
    String instance,
    boolean wouldAct,
    String reason,
    String detail,
    Map<String, String> evidence,
    Instant at) {
  public RehearsalAnswer {
    evidence = Map.copyOf(evidence);
    if (rehearsal.isEmpty() || instance.isEmpty()) {
      throw new IllegalArgumentException("an answer needs a rehearsal and an instance");
    }
  }
}
