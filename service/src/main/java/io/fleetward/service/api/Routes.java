package io.fleetward.service.api;

import static java.util.Objects.requireNonNull;

import io.fleetward.service.access.Gatekeeper;
import io.fleetward.service.access.Permission;
import io.fleetward.service.api.ProblemDetails.Kind;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/// The router: the contract's operations under its mount path, and what monitoring asks for beside
/// it. Its handlers run on the event loop; questions to the desk on the executor given.
final class Routes {
  static final long BODY_LIMIT_BYTES = 64 * 1024;

  /// More questions than this at once are refused, so that a slow database fills no memory.
  static final int MOST_QUESTIONS = 256;

  /// The x-permission of operations whose answer depends on a token in the body.
  private static final String TOKEN_IN_BODY = "enrolment-token";

  private static final String VALIDATED = "fleetward.validated";

  private final Vertx vertx;
  private final Contract contract;
  private final Gatekeeper gatekeeper;
  private final WorkerExecutor deskThreads;
  private final RequestValidator validator;
  private final Responses responses;
  private final AtomicInteger questions = new AtomicInteger();

  Routes(Vertx vertx, Contract contract, Gatekeeper gatekeeper, WorkerExecutor deskThreads) {
    this.vertx = vertx;
    this.contract = contract;
    this.gatekeeper = gatekeeper;
    this.deskThreads = deskThreads;
    this.validator = RequestValidator.create(vertx, contract.routed());
    this.responses = new Responses(contract);
  }

  /// @param operations what answers each operation but the contract's own
  Router router(
      Map<String, Function<Question, Answer>> operations,
      WriteRoute write,
      ApiMetrics metrics,
      MonitoringPages pages) {
    Router router = Router.router(vertx);
    router.route().handler(metrics);
    router.route().handler(Routes::refuseCrookedPaths);
    router.route().failureHandler(responses::failed);
    for (int status : new int[] {400, 404, 405, 413, 415, 417, 500}) {
      router.errorHandler(status, responses::failed);
    }
    monitoring(router, "/metrics", pages::metrics);
    monitoring(router, "/health/live", pages::live);
    monitoring(router, "/health/ready", pages::ready);
    write.mount(router, gatekeeper);
    router.route(Contract.MOUNTED_AT + "/*").subRouter(contractRouter(operations));
    return router;
  }

  // The validator takes path parameters from the path as it was sent, the router from the path as
  // it is after removing dots and doubled slashes. Where these differ nothing is served.
  private static void refuseCrookedPaths(RoutingContext context) {
    try {
      String path = context.request().path();
      if (path != null && path.equals(context.normalizedPath())) {
        context.next();
      } else {
        context.fail(404);
      }
    } catch (IllegalArgumentException e) {
      // a percent sign without two hexadecimal digits behind it
      context.fail(400, e);
    }
  }

  private static void monitoring(Router router, String path, Handler<RoutingContext> page) {
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> {
          ApiMetrics.route(context, path);
          page.handle(context);
        });
  }

  private Router contractRouter(Map<String, Function<Question, Answer>> operations) {
    RouterBuilder builder = RouterBuilder.create(vertx, contract.routed());
    builder.rootHandler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT_BYTES));
    Answer document = new Answer(200, Answer.JSON, Map.of(), Buffer.buffer(contract.published()));
    for (OpenAPIRoute route : builder.getRoutes()) {
      Operation operation = route.getOperation();
      String id = operation.getOperationId();
      // Validated below and not by the builder, which would tell strangers what a request lacks.
      route.setDoSecurity(false).setDoValidation(false);
      route.addHandler(context -> enter(context, operation));
      if (id.equals("contract")) {
        route.addHandler(context -> Responses.write(context, document));
        continue;
      }
      Function<Question, Answer> answering = operations.get(id);
      if (answering == null) {
        throw new IllegalStateException("nothing answers operation \"%s\"".formatted(id));
      }
      route
          .addHandler(admission(operation))
          .addHandler(context -> validate(context, operation))
          .addHandler(context -> ask(context, answering));
    }
    return builder.createRouter();
  }

  private Handler<RoutingContext> admission(Operation operation) {
    String word = operation.getOpenAPIModel().getString("x-permission", "");
    return word.equals(TOKEN_IN_BODY)
        ? Admission.OF_ANYBODY
        : new Admission(gatekeeper, permissionOf(operation, word));
  }

  private static Permission permissionOf(Operation operation, String word) {
    return Permission.of(word)
        .orElseThrow(() ->
            new IllegalStateException(
                "operation \"%s\" has the x-permission \"%s\""
                    .formatted(operation.getOperationId(), word)));
  }

  private static void enter(RoutingContext context, Operation operation) {
    ApiMetrics.route(context, operation.getAbsoluteOpenAPIPath());
    if (acceptsJson(context.parsedHeaders().accept())) {
      context.next();
    } else {
      Responses.write(
          context,
          Answer.problem(
              Kind.NOT_ACCEPTABLE, "answers are JSON; send Accept: application/json or none"));
    }
  }

  private static boolean acceptsJson(List<MIMEHeader> accepted) {
    return accepted.isEmpty()
        || accepted.stream()
            .anyMatch(range ->
                range.weight() > 0
                    && List.of("*", "application").contains(range.component())
                    && List.of("*", "json").contains(range.subComponent()));
  }

  private void validate(RoutingContext context, Operation operation) {
    List<String> known =
        Stream.concat(
                operation.getParameters().stream()
                    .filter(parameter -> parameter.getIn() == Location.QUERY)
                    .map(Parameter::getName),
                contract.listsOf(operation.getOperationId()).stream())
            .toList();
    List<String> unknown =
        context.queryParams().names().stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      Responses.write(context, InvalidRequest.unknownParameters(unknown, known));
      return;
    }
    RequestExtractor.withBodyHandler()
        .extractValidatableRequest(context, operation)
        .compose(request -> validator.validate(request, operation.getOperationId()))
        .onSuccess(validated -> {
          context.put(VALIDATED, validated);
          context.next();
        })
        .onFailure(context::fail);
  }

  private void ask(RoutingContext context, Function<Question, Answer> answering) {
    ValidatedRequest validated = requireNonNull(context.<ValidatedRequest>get(VALIDATED));
    Question question = new Question(Admission.caller(context), validated, context.queryParams());
    if (questions.incrementAndGet() > MOST_QUESTIONS) {
      questions.decrementAndGet();
      Responses.write(
          context,
          Responses.unavailable(
              "%d requests are being answered already; try again".formatted(MOST_QUESTIONS)));
      return;
    }
    deskThreads
        .executeBlocking(() -> answering.apply(question), false)
        .onComplete(_ -> questions.decrementAndGet())
        .onSuccess(found -> Responses.write(context, requireNonNull(found)))
        .onFailure(context::fail);
  }
}
