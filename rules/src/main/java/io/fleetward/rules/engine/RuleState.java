package io.fleetward.rules.engine;

/// One rule on one host.
sealed interface RuleState permits RecordingState, AlertingState {}
