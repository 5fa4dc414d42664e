package io.fleetward.agent.action;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A built-in action with the parameters of one plan. Confined to one thread.
interface BuiltInExecution {
  /// Why it must not begin, as far as can be seen now; empty if it may. Changes nothing.
  Optional<Objection> objection();

  /// What it would do now, for a person. Changes nothing.
  Map<String, String> foresee();

  /// Does it, looking once more at each target just before.
  Execution execute(Duration limit);
}
