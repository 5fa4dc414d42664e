package io.fleetward.agent.action;

import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.messages.Rehearsal;

/// What a host makes of the bytes of a plan.
public sealed interface Judgement {
  /// Everything that can be checked without touching the target allows it.
  record Accepted(Plan plan, AllowedAction action) implements Judgement {}

  /// A plan with the same content would be accepted. Nothing can be begun with it.
  record Rehearsable(Rehearsal rehearsal, AllowedAction action) implements Judgement {}

  /// @param claimed what the bytes say about themselves, to report by; not to be trusted
  record Refused(ClaimedPlan claimed, Refusal reason, String detail) implements Judgement {}
}
