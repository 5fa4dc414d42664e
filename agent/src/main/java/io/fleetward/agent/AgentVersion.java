package io.fleetward.agent;

import java.util.Optional;

/// The version of the agent that runs.
final class AgentVersion {
  /// As the jar's manifest says; `development` when run from classes.
  static final String CURRENT =
      Optional.ofNullable(AgentVersion.class.getPackage().getImplementationVersion())
          .orElse("development");

  private AgentVersion() {}
}
