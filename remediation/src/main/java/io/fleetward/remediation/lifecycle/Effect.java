package io.fleetward.remediation.lifecycle;

import io.fleetward.protocol.messages.Plan;
import io.fleetward.remediation.guard.GuardFinding;
import java.time.Instant;
import java.util.List;

/// What else must happen when a remediation moves, in the same transaction.
public sealed interface Effect {
  /// Records a decision with everything that spoke for or against it (I16).
  ///
  /// @param decision in kebab case
  /// @param inputs what it was taken on, as `name=value`
  record Trace(String decision, String reason, List<GuardFinding> findings, List<String> inputs)
      implements Effect {
    public Trace {
      findings = List.copyOf(findings);
      inputs = List.copyOf(inputs);
    }
  }

  /// Adds to the incident's timeline.
  record Timeline(Instant at, String what, String detail) implements Effect {}

  /// Signs a plan, puts it into the outbox and counts the attempt.
  record WritePlan(Plan plan) implements Effect {}

  /// Notes when the attempt ended.
  record EndAttempt(String plan, Instant at) implements Effect {}

  /// Proposes the next rung of the ladder.
  record ProposeRung(int rung) implements Effect {}

  /// Tells people.
  ///
  /// @param what `asked`, `expired`, `escalated` or `blocked`
  record Notify(String what, String detail) implements Effect {}
}
