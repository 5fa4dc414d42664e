package io.fleetward.rules.engine;

import java.util.List;

/// What one evaluation of one group yielded.
///
/// @param transitions alerts that became pending, fired or resolved in this round, in the order of
///   their rules; a pending alert that ceased without firing comes as resolved with no `firedAt`
/// @param firing every alert that fires after this round, the ones in `transitions` included
/// @param failures rules that could not be evaluated
/// @param recorded samples appended by recording rules, stale markers included
public record RoundResult(
    long tickMillis,
    List<AlertInstance> transitions,
    List<AlertInstance> firing,
    List<RuleFailure> failures,
    int recorded) {
  public RoundResult {
    transitions = List.copyOf(transitions);
    firing = List.copyOf(firing);
    failures = List.copyOf(failures);
  }
}
