package io.fleetward.agent.action;

import io.fleetward.agent.action.AllowedAction.Command;
import io.fleetward.agent.action.Judgement.Rehearsable;
import io.fleetward.protocol.messages.Rehearsal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Looks what an action would begin from, within 10 s, and begins nothing. Confined to one thread.
///
/// @param builtIns makes built-in actions ready
/// @param stop asked while a question runs
record Rehearsing(BuiltIns builtIns, StopRequest stop) {
  /// Precondition and evidence, each; what is left of the 10 s is the start of the runner.
  private static final Duration QUESTION_LIMIT = Duration.ofSeconds(4);

  /// @param hindrance why a plan with the same content would be refused; empty if it would not
  /// @param evidence what it would begin from, by name
  record Foresight(Optional<Objection> hindrance, Map<String, String> evidence) {}

  Foresight foresee(Rehearsable rehearsable) {
    Rehearsal rehearsal = rehearsable.rehearsal();
    if (rehearsable.action() instanceof Command command) {
      CommandExecution execution =
          new CommandExecution(new ProcessGroup(stop, rehearsal.id()), QUESTION_LIMIT);
      return new Foresight(
          execution.unmetPrecondition(command, rehearsal.parameters()).flatMap(Objection::unmet),
          execution.evidence(command, rehearsal.parameters()));
    }
    BuiltInExecution execution =
        builtIns.of(rehearsable.action(), rehearsal.parameters(), rehearsal.id());
    return new Foresight(execution.objection(), execution.foresee());
  }
}
