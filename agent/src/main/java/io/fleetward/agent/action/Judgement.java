package io.fleetward.agent.action;

import io.fleetward.protocol.messages.Plan;

/// What a host makes of the bytes of a plan.
public sealed interface Judgement {
  /// Everything that can be checked without touching the target allows it.
  record Accepted(Plan plan, AllowedAction action) implements Judgement {}

  /// @param claimed what the bytes say about themselves, to report by; not to be trusted
  record Refused(ClaimedPlan claimed, Refusal reason, String detail) implements Judgement {}
}
