package io.fleetward.service.control;

/// What the control side tells its metrics. Called after the fact, from several threads; must not
/// wait.
public interface ControlEvents {
  /// A record was read from a topic.
  default void received(String topic) {}

  /// A record was put aside, or news were refused.
  ///
  /// @param reason one of few codes, such as `malformed`, `untrusted`, `unknown-plan`
  default void refused(String topic, String reason) {}

  /// A record said what was known already.
  default void duplicate(String topic) {}

  /// A record was acknowledged by the broker.
  default void produced(String topic) {}

  default void sendFailed(String topic) {}

  default void incidentOpened() {}

  default void incidentResolved() {}

  /// A remediation came into a state, in kebab case.
  default void remediationIs(String state) {}

  /// A guard held a remediation.
  default void guardObjected(String guard) {}

  /// A plan was taken back before it was sent and is judged again.
  default void planLapsed() {}

  /// People should be told.
  ///
  /// @param what `asked`, `expired`, `escalated`, `blocked` or `undetermined`
  default void peopleToldOf(String what) {}

  default void pausesInForce(int pauses) {}

  /// A background loop failed and goes on.
  default void loopFailed(String loop) {}

  ControlEvents NONE = new ControlEvents() {};
}
