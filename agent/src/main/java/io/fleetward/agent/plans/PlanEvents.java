package io.fleetward.agent.plans;

import io.fleetward.agent.action.Refusal;

/// Hears what becomes of plans. Called on the actions thread and on the plans thread.
public interface PlanEvents {
  void received(String topic);

  void seen();

  void refused(String reason);

  void outcomeSent();

  /// The code under which a refusal is counted.
  default void refused(Refusal reason) {
    refused(reason.code());
  }
}
