package io.fleetward.agent.action;

import io.fleetward.agent.action.AllowedAction.Command;
import io.fleetward.agent.action.ProcessGroup.Ended;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Executes a command of the allow-list. Confined to one thread.
///
/// @param questionLimit how long precondition and evidence may take, each
record CommandExecution(ProcessGroup processes, Duration questionLimit) {
  /// How long they may take where an action follows.
  static final Duration QUESTION_LIMIT = Duration.ofSeconds(10);

  private static final String EVIDENCE = "evidence";

  /// Why the precondition does not hold; empty if it does or there is none.
  Optional<String> unmetPrecondition(Command command, Map<String, String> parameters) {
    if (command.precondition().isEmpty()) {
      return Optional.empty();
    }
    List<String> arguments = Placeholders.fill(command.precondition(), parameters);
    return switch (processes.run(arguments, questionLimit, CommandExecution::tellNobody)) {
      case Ended.Exited(int status, _) when status == 0 -> Optional.empty();
      case Ended.Exited(int status, String output) ->
          Optional.of("the precondition exited with %d: %s".formatted(status, output.strip()));
      case Ended.TimedOut _ -> Optional.of("the precondition took over " + questionLimit);
      case Ended.Stopped _ -> Optional.of("the agent is shutting down");
      case Ended.NotStarted(String reason) ->
          Optional.of("the precondition could not be started: " + reason);
    };
  }

  /// Runs it; it has succeeded only if it says so and the evidence has changed.
  ///
  /// @param before the evidence as read just before
  Execution execute(
      Command command,
      Map<String, String> parameters,
      Map<String, String> before,
      Duration limit,
      LongConsumer whenStarted) {
    Ended ended = run(command, parameters, limit, whenStarted);
    Map<String, String> after =
        ended instanceof Ended.Stopped ? Map.of() : evidence(command, parameters);
    return switch (ended) {
      case Ended.Exited(int status, String output) when status == 0 ->
          judged(command, before, after, output);
      case Ended.Exited(int status, String output) ->
          new Execution(Status.FAILED, "exited with " + status, before, after, output);
      case Ended.TimedOut(String output) ->
          new Execution(
              Status.TIMED_OUT,
              "was ended after %s with all that it had started".formatted(limit),
              before,
              after,
              output);
      case Ended.Stopped(String output) ->
          new Execution(
              Status.UNKNOWN,
              "was ended because the agent was shutting down",
              before,
              after,
              output);
      case Ended.NotStarted(String reason) ->
          new Execution(Status.FAILED, "could not be started: " + reason, before, after, "");
    };
  }

  private Ended run(
      Command command, Map<String, String> parameters, Duration limit, LongConsumer whenStarted) {
    try {
      List<String> arguments = Placeholders.fill(command.run(), parameters);
      return processes.run(command.confinement().around(arguments), limit, whenStarted);
    } catch (IOException e) {
      return new Ended.NotStarted(String.valueOf(e.getMessage()));
    }
  }

  private static Execution judged(
      Command command, Map<String, String> before, Map<String, String> after, String output) {
    if (command.evidence().isEmpty()) {
      return new Execution(
          Status.UNKNOWN,
          "exited with 0, but the allow-list names no evidence that could confirm it",
          before,
          after,
          output);
    }
    if (before.isEmpty() || after.isEmpty()) {
      return new Execution(
          Status.UNKNOWN,
          "exited with 0, but the evidence could not be read",
          before,
          after,
          output);
    }
    return before.equals(after)
        ? new Execution(
            Status.FAILED, "exited with 0, but the evidence did not change", before, after, output)
        : new Execution(
            Status.SUCCEEDED, "exited with 0 and the evidence changed", before, after, output);
  }

  /// The independent signal now; empty if there is none or it cannot be read.
  Map<String, String> evidence(Command command, Map<String, String> parameters) {
    if (command.evidence().isEmpty()) {
      return Map.of();
    }
    List<String> arguments = Placeholders.fill(command.evidence(), parameters);
    return processes.run(arguments, questionLimit, CommandExecution::tellNobody)
                instanceof Ended.Exited(int status, String output)
            && status == 0
        ? Map.of(EVIDENCE, output.strip())
        : Map.of();
  }

  private static void tellNobody(@SuppressWarnings("unused") long group) {
    // questions end within seconds and are not remembered
  }
}
