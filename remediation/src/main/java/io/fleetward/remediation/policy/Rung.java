package io.fleetward.remediation.policy;

import java.time.Duration;
import java.util.Map;

/// One step of a policy's ladder, the gentlest first.
///
/// @param action name of an action of the catalogue
/// @param with the action's parameters by name
/// @param timeout after which the host ends the action
public record Rung(String action, Map<String, ParameterTemplate> with, Duration timeout) {
  public Rung {
    with = Map.copyOf(with);
  }
}
