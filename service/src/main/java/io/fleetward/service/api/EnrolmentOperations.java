package io.fleetward.service.api;

import io.fleetward.service.api.ProblemDetails.Kind;
import io.fleetward.service.desk.EnrolmentDesk;
import io.fleetward.service.desk.EnrolmentDesk.Enrolled;
import io.fleetward.service.desk.EnrolmentDesk.Made;
import io.fleetward.service.desk.EnrolmentDesk.TokenWish;
import io.fleetward.service.desk.HostKeyView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The contract's operations about the keys of hosts. Runs on worker threads.
final class EnrolmentOperations {
  private static final int VALID_SECONDS = 3_600;

  private final EnrolmentDesk desk;

  EnrolmentOperations(EnrolmentDesk desk) {
    this.desk = desk;
  }

  /// What answers each operation, by its `operationId`.
  Map<String, Function<Question, Answer>> byId() {
    return Map.of(
        "enrolHost", this::enrol,
        "makeHostToken", this::makeToken,
        "hostKeys", _ -> Answer.json(200, new Keys(desk.keys())),
        "revokeHostKey", this::revoke);
  }

  private Answer enrol(Question question) {
    Enrolled enrolled =
        desk.enrol(question.text("token"), question.text("publicKey"), question.json("request"));
    return switch (enrolled) {
      case Enrolled.Recorded(var answer) -> Answer.json(201, answer);
      case Enrolled.NoSuchToken _ ->
          Answer.problem(
              Kind.UNAUTHENTICATED,
              "this enrolment token is not known, has expired or is used up; make one with fleetward hosts token");
      case Enrolled.Refused(String reason) -> Answer.problem(Kind.NOT_POSSIBLE, reason);
      case Enrolled.Malformed(String reason) -> Answer.problem(Kind.INVALID_REQUEST, reason);
    };
  }

  private Answer makeToken(Question question) {
    TokenWish wish =
        new TokenWish(
            Duration.ofSeconds(question.numberIfGiven("validSeconds").orElse(VALID_SECONDS)),
            question.textIfGiven("instances").orElse(".*"),
            question.numberIfGiven("uses").orElse(1),
            question.isSet("replaces"));
    return switch (desk.makeToken(wish, question.caller().person())) {
      case Made.Token(String secret, Instant expiresAt) ->
          Answer.json(201, new NewToken(secret, expiresAt));
      case Made.Unusable(String reason) -> Answer.problem(Kind.INVALID_REQUEST, reason);
    };
  }

  private Answer revoke(Question question) {
    return desk.revoke(question.id(), question.caller().person())
        ? Answer.empty()
        : Answer.problem(
            Kind.NOT_FOUND,
            "no key of \"%s\" is in force; list them with GET %s/hosts/keys"
                .formatted(question.id(), Contract.MOUNTED_AT));
  }

  private record Keys(List<HostKeyView> keys) {}

  private record NewToken(String token, Instant expiresAt) {}
}
