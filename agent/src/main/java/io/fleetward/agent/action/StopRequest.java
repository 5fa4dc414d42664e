package io.fleetward.agent.action;

/// Whether the daemon has asked that what runs be ended.
@FunctionalInterface
interface StopRequest {
  StopRequest NEVER = () -> false;

  boolean isMade();
}
