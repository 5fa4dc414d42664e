package io.fleetward.rules.engine;

import io.fleetward.rules.file.Rule;

/// One rule on one host.
sealed interface RuleState permits RecordingState, AlertingState {
  Rule rule();

  /// Lets other hosts use what the rule was evaluated with.
  void release();
}
