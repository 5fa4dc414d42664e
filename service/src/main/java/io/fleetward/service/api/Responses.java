package io.fleetward.service.api;

import io.fleetward.service.api.ProblemDetails.Kind;
import io.fleetward.service.desk.DeskUnavailableException;
import io.fleetward.service.ingest.IngestSettings;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.ValidatorException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes answers, and turns whatever failed into problem details. Runs on the event loop.
final class Responses {
  private static final Logger LOG = LoggerFactory.getLogger(Responses.class);
  private static final String RETRY_AFTER_SECONDS = "5";

  private final Contract contract;

  Responses(Contract contract) {
    this.contract = contract;
  }

  static void write(RoutingContext context, Answer answer) {
    write(context.response(), answer);
  }

  static void write(HttpServerResponse response, Answer answer) {
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    response.putHeader("X-Content-Type-Options", "nosniff").putHeader("Cache-Control", "no-store");
    answer.headers().forEach(response::putHeader);
    if (answer.contentType().isEmpty()) {
      response.end();
    } else {
      response.putHeader("Content-Type", answer.contentType());
      response.end(answer.body());
    }
  }

  /// Answers a request that failed on its way.
  void failed(RoutingContext context) {
    write(context, answerTo(context, context.failure()));
  }

  static Answer unavailable(String detail) {
    return Answer.problem(Kind.UNAVAILABLE, detail).with("Retry-After", RETRY_AFTER_SECONDS);
  }

  /// The problem of a status that the router or the HTTP parser found.
  static Optional<Answer> ofStatus(int status) {
    Map<Integer, Answer> known =
        Map.of(
            400,
            Answer.problem(
                Kind.INVALID_REQUEST,
                "the request is not well-formed; percent-encode the address and send valid headers"),
            404,
            Answer.problem(
                Kind.NOT_FOUND,
                "nothing is at this address; see %s/openapi.json for what there is"
                    .formatted(Contract.MOUNTED_AT)),
            413,
            Answer.problem(
                Kind.TOO_LARGE,
                "a body may have at most %d bytes, metrics %d; send less"
                    .formatted(Routes.BODY_LIMIT_BYTES, IngestSettings.MOST_COMPRESSED_BYTES)),
            414,
            Answer.problem(Kind.URI_TOO_LONG, "an address may have at most 4096 bytes; shorten it"),
            417,
            Answer.problem(Kind.EXPECTATION_FAILED, "only Expect: 100-continue is understood"),
            431,
            Answer.problem(
                Kind.HEADERS_TOO_LARGE, "headers may have at most 8192 bytes; send fewer"));
    return Optional.ofNullable(known.get(status));
  }

  private Answer answerTo(RoutingContext context, @Nullable Throwable failure) {
    return switch (failure) {
      case DeskUnavailableException e -> deskUnavailable(e);
      case ValidatorException e -> InvalidRequest.answerTo(e);
      case null -> ofRouting(context).orElseGet(() -> unexpected(context, null));
      default -> ofRouting(context).orElseGet(() -> unexpected(context, failure));
    };
  }

  private Optional<Answer> ofRouting(RoutingContext context) {
    if (context.statusCode() == 405) {
      String path = String.valueOf(context.request().path());
      String methods = contract.methodsOf(path);
      String allowed = methods.isEmpty() ? "GET, HEAD" : methods;
      return Optional.of(
          Answer.problem(
                  Kind.METHOD_NOT_ALLOWED,
                  "%s is not possible at %s; use %s"
                      .formatted(context.request().method(), path, allowed))
              .with("Allow", allowed));
    }
    return ofStatus(context.statusCode());
  }

  private static Answer deskUnavailable(DeskUnavailableException failure) {
    LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("the desk cannot answer");
    return unavailable("the database cannot be reached; nothing was changed, try again");
  }

  private static Answer unexpected(RoutingContext context, @Nullable Throwable failure) {
    String id = UUID.randomUUID().toString();
    LOG.atError()
        .addKeyValue("id", id)
        .addKeyValue("method", context.request().method())
        .addKeyValue("path", context.request().path())
        .addKeyValue("status", context.statusCode())
        .setCause(failure)
        .log("request failed unexpectedly");
    return Answer.problem(
        Kind.UNEXPECTED, "the service's log tells more under the id %s".formatted(id));
  }
}
