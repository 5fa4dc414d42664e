package io.fleetward.service.api;

import static java.util.Objects.requireNonNull;

import io.fleetward.service.access.Gatekeeper;
import io.fleetward.service.access.Permission;
import io.fleetward.service.api.ProblemDetails.Kind;
import io.fleetward.service.ingest.IngestSettings;
import io.fleetward.service.ingest.RemoteWriteReceiver;
import io.fleetward.service.ingest.WriteOutcome;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashMap;
import java.util.Map;

/// `POST /api/v1/write`, the receiver of remote-write 1.0 and 2.0. Bodies are bounded, and so is
/// how many are in memory at once: what is beyond is refused before it is read.
///
/// Prometheus sends again after a 5xx, and after a 429 only where `retry_on_http_429` is set.
final class WriteRoute {
  static final String PATH = Contract.MOUNTED_AT + "/write";

  private static final String SAMPLES_WRITTEN = "X-Prometheus-Remote-Write-Samples-Written";
  private static final String HISTOGRAMS_WRITTEN = "X-Prometheus-Remote-Write-Histograms-Written";
  private static final String EXEMPLARS_WRITTEN = "X-Prometheus-Remote-Write-Exemplars-Written";
  private static final int THREADS = 4;

  private final RemoteWriteReceiver receiver;
  private final IngestSettings settings;
  private final WorkerExecutor threads;

  /// Requests in progress by token; only the event loop looks at it.
  private final Map<String, Integer> inProgress = new HashMap<>();

  private int allInProgress;

  WriteRoute(Vertx vertx, RemoteWriteReceiver receiver) {
    this.receiver = receiver;
    this.settings = receiver.settings();
    this.threads = vertx.createSharedWorkerExecutor("fleetward-ingest", THREADS);
  }

  void mount(Router router, Gatekeeper gatekeeper) {
    router
        .post(PATH)
        .handler(context -> {
          ApiMetrics.route(context, PATH);
          context.next();
        });
    router.post(PATH).handler(new Admission(gatekeeper, Permission.INGEST));
    router.post(PATH).handler(this::enter);
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(IngestSettings.MOST_COMPRESSED_BYTES));
    router.post(PATH).handler(this::receive);
  }

  private void enter(RoutingContext context) {
    String sender = Admission.caller(context).token();
    int ofSender = inProgress.getOrDefault(sender, 0);
    if (allInProgress >= settings.requests()) {
      Responses.write(
          context,
          Responses.unavailable(
              "%d requests are being stored already; send again".formatted(allInProgress)));
    } else if (ofSender >= settings.requestsOfOne()) {
      Responses.write(
          context,
          Answer.problem(
                  Kind.TOO_MANY_REQUESTS,
                  "%d requests of this token are being stored already; use fewer shards"
                      .formatted(ofSender))
              .with("Retry-After", "1"));
    } else {
      allInProgress++;
      inProgress.merge(sender, 1, Integer::sum);
      context.addEndHandler(_ -> {
        allInProgress--;
        inProgress.computeIfPresent(sender, (_, count) -> count == 1 ? null : count - 1);
      });
      context.next();
    }
  }

  private void receive(RoutingContext context) {
    String contentType = header(context, "Content-Type");
    String encoding = header(context, "Content-Encoding");
    Buffer body = context.body().buffer();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    threads
        .executeBlocking(() -> receiver.receive(contentType, encoding, bytes), false)
        .onSuccess(outcome -> Responses.write(context, answer(requireNonNull(outcome))))
        .onFailure(context::fail);
  }

  private static String header(RoutingContext context, String name) {
    String value = context.request().getHeader(name);
    return value == null ? "" : value;
  }

  private static Answer answer(WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Written(int samples) -> written(Answer.empty(), samples);
      case WriteOutcome.PartlyWritten(int samples, String reason) ->
          written(Answer.problem(Kind.INVALID_METRICS, reason), samples);
      case WriteOutcome.Invalid(String reason) ->
          written(Answer.problem(Kind.INVALID_METRICS, reason), 0);
      case WriteOutcome.Unsupported(String reason) ->
          Answer.problem(Kind.UNSUPPORTED_MEDIA_TYPE, reason);
      case WriteOutcome.TooLarge(String reason) -> Answer.problem(Kind.TOO_LARGE, reason);
      case WriteOutcome.Unavailable(String reason) -> Responses.unavailable(reason);
    };
  }

  /// Native histograms and exemplars are not kept, which the headers tell.
  private static Answer written(Answer answer, int samples) {
    return answer
        .with(SAMPLES_WRITTEN, Integer.toString(samples))
        .with(HISTOGRAMS_WRITTEN, "0")
        .with(EXEMPLARS_WRITTEN, "0");
  }
}
