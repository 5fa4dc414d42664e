package io.fleetward.service.api;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.service.access.Gatekeeper;
import io.fleetward.service.access.Gatekeeper.Refresh;
import io.fleetward.service.desk.Desks;
import io.fleetward.service.ingest.RemoteWriteReceiver;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running HTTP server. Thread safe; its threads keep the process alive until it is closed.
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int DESK_THREADS = 16;
  private static final long TOKENS_FILE_CHECKED_MILLIS = 1_000;
  private static final int IDLE_SECONDS = 60;

  private final Vertx vertx;
  private final HttpServer server;
  private final ListenAddress address;

  private ApiServer(Vertx vertx, HttpServer server, ListenAddress address) {
    this.vertx = vertx;
    this.server = server;
    this.address = address;
  }

  /// Starts a server and waits until it listens.
  ///
  /// @param receiver of metrics over HTTP
  /// @param metrics served at `/metrics`; the API's own are registered there
  /// @param checks of which `/health/ready` needs every one to pass
  /// @throws InvalidConfigurationException if the tokens file cannot be used
  /// @throws CannotListenException if the address is taken or not this machine's
  public static ApiServer start(
      ApiSettings settings,
      RemoteWriteReceiver receiver,
      Desks desks,
      PrometheusRegistry metrics,
      List<ReadinessCheck> checks) {
    Gatekeeper gatekeeper = Gatekeeper.open(settings.tokens());
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)));
    try {
      Contract contract = join(Contract.load(vertx));
      WorkerExecutor deskThreads = vertx.createSharedWorkerExecutor("fleetward-desk", DESK_THREADS);
      ApiMetrics apiMetrics = new ApiMetrics(metrics);
      Router router =
          new Routes(vertx, contract, gatekeeper, deskThreads)
              .router(
                  operations(desks),
                  new WriteRoute(vertx, receiver),
                  apiMetrics,
                  new MonitoringPages(metrics, checks));
      HttpServer server =
          vertx
              .createHttpServer(options(settings.listen()))
              .requestHandler(router)
              .invalidRequestHandler(request -> refuseMalformed(request, apiMetrics));
      listen(server, settings.listen());
      vertx.setPeriodic(
          TOKENS_FILE_CHECKED_MILLIS, _ -> followTokensFile(vertx, gatekeeper, apiMetrics));
      ListenAddress address = new ListenAddress(settings.listen().host(), server.actualPort());
      LOG.atInfo().addKeyValue("address", address).log("API listens");
      return new ApiServer(vertx, server, address);
    } catch (RuntimeException e) {
      join(vertx.close());
      throw e;
    }
  }

  private static Map<String, Function<Question, Answer>> operations(Desks desks) {
    Map<String, Function<Question, Answer>> operations =
        new HashMap<>(new DeskOperations(desks.decisions()).byId());
    operations.putAll(new RuleOperations(desks.rules()).byId());
    operations.putAll(new ConfigurationOperations(desks.configuration()).byId());
    operations.putAll(new ModelOperations(desks.models()).byId());
    operations.putAll(new EnrolmentOperations(desks.enrolments()).byId());
    return Map.copyOf(operations);
  }

  /// Where it listens, with the port that it took if 0 was asked for.
  public ListenAddress address() {
    return address;
  }

  public int port() {
    return address.port();
  }

  /// Answers what is under way and stops.
  @Override
  public void close() {
    // One after the other: a future chained to closing Vert.x would end on a loop that is gone.
    join(server.shutdown(2, TimeUnit.SECONDS));
    join(vertx.close());
  }

  private static HttpServerOptions options(ListenAddress listen) {
    return new HttpServerOptions()
        .setHost(listen.host().replaceAll("[\\[\\]]", ""))
        .setPort(listen.port())
        .setIdleTimeout(IDLE_SECONDS)
        .setHttp2ClearTextEnabled(false);
  }

  private static void listen(HttpServer server, ListenAddress address) {
    try {
      join(server.listen());
    } catch (CompletionException e) {
      throw CannotListenException.of(address, e.getCause() == null ? e : e.getCause());
    }
  }

  private static void refuseMalformed(HttpServerRequest request, ApiMetrics metrics) {
    Throwable cause = request.decoderResult().cause();
    String reason = cause == null ? "" : cause.getClass().getSimpleName();
    int status =
        switch (reason) {
          case "TooLongHttpLineException" -> 414;
          case "TooLongHttpHeaderException" -> 431;
          default -> 400;
        };
    metrics.malformed(status);
    Responses.write(request.response(), Responses.ofStatus(status).orElseThrow());
    request.connection().close();
  }

  private static void followTokensFile(Vertx vertx, Gatekeeper gatekeeper, ApiMetrics metrics) {
    vertx
        .executeBlocking(gatekeeper::refresh)
        .onSuccess(refresh -> {
          switch (refresh) {
            case Refresh.Unchanged() -> {}
            case Refresh.Changed(int tokens) ->
                LOG.atInfo().addKeyValue("tokens", tokens).log("tokens file read again");
            case Refresh.Kept(String problems) -> {
              metrics.tokensFileRejected();
              LOG.atWarn()
                  .addKeyValue("problems", problems)
                  .log("changed tokens file cannot be used; the last good one stays in force");
            }
          }
        });
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
