package io.fleetward.service.api;

import io.fleetward.service.api.ProblemDetails.Kind;
import io.fleetward.service.desk.ModelClassView;
import io.fleetward.service.desk.ModelDesk;
import io.fleetward.service.desk.ModelDesk.Asked;
import io.fleetward.service.desk.ModelDesk.RolledBack;
import io.fleetward.service.desk.ModelView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The contract's operations about models and their versions. Runs on worker threads.
final class ModelOperations {
  private final ModelDesk desk;

  ModelOperations(ModelDesk desk) {
    this.desk = desk;
  }

  /// What answers each operation, by its `operationId`.
  Map<String, Function<Question, Answer>> byId() {
    return Map.of(
        "models", _ -> Answer.json(200, new Models(desk.models())),
        "modelVersion", this::version,
        "trainModel", this::train,
        "rollBackModel", this::rollBack);
  }

  private Answer version(Question question) {
    String model = question.path("name");
    String version = question.path("version");
    return desk.version(model, version)
        .map(found -> Answer.json(200, found))
        .orElseGet(() -> missing("version \"%s\" of model \"%s\"".formatted(version, model)));
  }

  private Answer train(Question question) {
    Asked asked =
        desk.train(
            question.path("name"), question.textIfGiven("hostClass"), question.caller().person());
    return switch (asked) {
      case Asked.Noted noted -> Answer.json(202, noted);
      case Asked.Unknown(String what) -> missing(what);
      case Asked.Impossible(String reason) -> Answer.problem(Kind.NOT_POSSIBLE, reason);
    };
  }

  private Answer rollBack(Question question) {
    RolledBack result =
        desk.rollBack(
            question.path("name"),
            question.text("hostClass"),
            question.textIfGiven("version"),
            question.text("reason"),
            question.caller().person());
    return switch (result) {
      case RolledBack.Done(ModelClassView now) -> Answer.json(200, now);
      case RolledBack.Unknown(String what) -> missing(what);
      case RolledBack.Impossible(String reason) -> Answer.problem(Kind.NOT_POSSIBLE, reason);
    };
  }

  private static Answer missing(String what) {
    return Answer.problem(
        Kind.NOT_FOUND,
        "there is no %s; list what there is with GET %s/models"
            .formatted(what, Contract.MOUNTED_AT));
  }

  private record Models(List<ModelView> models) {}
}
