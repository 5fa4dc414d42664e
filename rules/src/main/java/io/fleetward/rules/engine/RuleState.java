package io.fleetward.rules.engine;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.file.Rule;
import java.util.Set;

/// One rule on one host.
sealed interface RuleState permits RecordingState, AlertingState {
  Rule rule();

  /// What tells the rule from all others, as [RulePlan#key] has it.
  String key();

  /// The series that the rule yielded in the round before.
  Set<Labels> yielded();

  /// Lets other hosts use what the rule was evaluated with.
  void release();
}
