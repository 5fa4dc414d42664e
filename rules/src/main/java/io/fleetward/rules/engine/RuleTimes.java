package io.fleetward.rules.engine;

import io.fleetward.rules.file.Rule;

/// Hears how long each rule of a round took. Called on the host's thread.
@FunctionalInterface
public interface RuleTimes {
  void took(Rule rule, long nanos);
}
