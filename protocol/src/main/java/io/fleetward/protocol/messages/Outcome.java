package io.fleetward.protocol.messages;

import java.time.Instant;
import java.util.Map;

/// What a host reports about a plan. Sent at least once; `plan` and `status` identify it.
///
/// @param plan the plan's id
/// @param reason a short code for a refusal, such as `expired` or `unknown-action`; empty otherwise
/// @param detail what happened, for a person
/// @param evidenceBefore the independent signal as read before the action, by name
/// @param evidenceAfter the same read after the action
/// @param output the end of what the action printed, bounded
/// @param at when this was so, in the broker's time as the host knows it
public record Outcome(
    String plan,
    String remediation,
    String instance,
    Status status,
    String reason,
    String detail,
    Map<String, String> evidenceBefore,
    Map<String, String> evidenceAfter,
    String output,
    Instant at) {

  public Outcome {
    evidenceBefore = Map.copyOf(evidenceBefore);
    evidenceAfter = Map.copyOf(evidenceAfter);
    if (plan.isEmpty() || instance.isEmpty()) {
      throw new IllegalArgumentException("an outcome needs a plan and an instance");
    }
    checkLength("plan", plan);
    checkLength("remediation", remediation);
    checkLength("instance", instance);
    checkLength("reason", reason);
  }

  private static void checkLength(String what, String text) {
    if (text.length() > Plan.LONGEST_NAME) {
      throw new IllegalArgumentException(
          "%s has %d chars; an outcome allows %d"
              .formatted(what, text.length(), Plan.LONGEST_NAME));
    }
  }

  /// How far a plan has come on the host.
  public enum Status {
    /// The action has begun.
    STARTED,
    /// It ended and the independent signal changed as it should.
    SUCCEEDED,
    /// It ended and reported failure, or the independent signal says that nothing changed.
    FAILED,
    /// It was ended at its time limit, with everything it had started.
    TIMED_OUT,
    /// The host would not run it; nothing was changed.
    REFUSED,
    /// Nobody can tell (the host crashed while it ran, say); it is not tried again.
    UNKNOWN
  }

  /// Whether nothing more will come about this plan.
  public boolean isFinal() {
    return status != Status.STARTED;
  }
}
