package io.fleetward.service.api;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.service.api.ProblemDetails.Kind;
import io.fleetward.service.api.ProblemDetails.Violation;
import io.fleetward.service.desk.ConfigurationDesk;
import io.fleetward.service.desk.ConfigurationDesk.Reloaded;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The contract's operations about the files that the service acts by. Runs on worker threads.
final class ConfigurationOperations {
  private final ConfigurationDesk desk;

  ConfigurationOperations(ConfigurationDesk desk) {
    this.desk = desk;
  }

  /// What answers each operation, by its `operationId`.
  Map<String, Function<Question, Answer>> byId() {
    return Map.of("reload", this::reload);
  }

  private Answer reload(Question question) {
    return switch (desk.reload(question.caller().person())) {
      case Reloaded.InForce inForce -> Answer.json(200, inForce);
      case Reloaded.Refused(List<Problem> problems) -> refused(problems);
      case Reloaded.Postponed(String reason) ->
          Responses.unavailable(reason + "; nothing was changed, try again");
    };
  }

  private static Answer refused(List<Problem> problems) {
    String detail =
        "%d problem%s found; mend all that is listed and reload again"
            .formatted(problems.size(), problems.size() == 1 ? "" : "s");
    List<Violation> violations =
        problems.stream()
            .map(problem -> new Violation(problem.place(), problem.message()))
            .toList();
    return Answer.problem(ProblemDetails.of(Kind.UNUSABLE_FILES, detail, violations));
  }
}
