package io.fleetward.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.service.access.Role;
import io.fleetward.service.access.Tokens;
import io.fleetward.service.access.Tokens.NewToken;
import io.fleetward.service.access.TokensFile;
import io.fleetward.service.desk.ConfigurationDesk.Reloaded;
import io.fleetward.service.desk.Desk;
import io.fleetward.service.desk.Desks;
import io.fleetward.service.ingest.IngestSettings;
import io.fleetward.service.ingest.MetricsSink;
import io.fleetward.service.ingest.RemoteWriteReceiver;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A server on a free port with a token for each role, owned by a person named after the role.
/// Every answer that passes through here is held against the contract, strictly: fields that the
/// contract does not know fail too.
final class RunningApi implements AutoCloseable {
  final Path tokens;
  final PrometheusRegistry registry = new PrometheusRegistry();
  final ApiServer server;

  private final Vertx vertx = Vertx.vertx();
  private final OpenAPIContract contract;
  private final ResponseValidator validator;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> secrets = new HashMap<>();

  RunningApi(Path folder, Desk desk, List<ReadinessCheck> checks) {
    this(folder, desksOf(desk), checks);
  }

  /// A desk for decisions with others that have nothing to say.
  static Desks desksOf(Desk desk) {
    return new Desks(
        desk,
        new StagedRules(List.of(), List.of()),
        _ -> new Reloaded.InForce("", false),
        new StagedModels(),
        new StagedEnrolments());
  }

  RunningApi(Path folder, Desks desks, List<ReadinessCheck> checks) {
    this(folder, desks, checks, new IngestSettings(1_000_000, 2, 1, Optional.empty()), _ -> {});
  }

  RunningApi(
      Path folder,
      Desks desks,
      List<ReadinessCheck> checks,
      IngestSettings ingest,
      MetricsSink sink) {
    tokens = folder.resolve("tokens.yaml");
    for (Role role : Role.values()) {
      addToken(role.word(), role);
    }
    addToken("rita", Role.APPROVER);
    server =
        ApiServer.start(
            new ApiSettings(new ListenAddress("127.0.0.1", 0), tokens),
            new RemoteWriteReceiver(ingest, List.of(), sink),
            desks,
            registry,
            checks);
    contract = join(OpenAPIContract.from(vertx, Contract.forRouter(strict(Contract.document()))));
    validator = ResponseValidator.create(vertx, contract);
  }

  String addToken(String person, Role role) {
    NewToken token = Tokens.create(person, Set.of(role));
    TokensFile.add(tokens, token.entry());
    secrets.put(person, token.secret());
    return token.secret();
  }

  /// @param person whose token to send; empty for none
  Reply send(String method, String path, String person, String body) {
    HttpRequest.Builder request = request(method, path, body);
    if (!person.isEmpty()) {
      request.header("Authorization", "Bearer " + secrets.get(person));
    }
    return send(request);
  }

  HttpRequest.Builder request(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return body.isEmpty() ? request : request.header("Content-Type", "application/json");
  }

  String secret(String person) {
    return Optional.ofNullable(secrets.get(person)).orElseThrow();
  }

  Reply send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      Reply reply = new Reply(response);
      check(request.method(), request.uri().getRawPath(), reply);
      return reply;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Sends bytes as they are, for requests that no client would send.
  ///
  /// @return the response as text, header and body
  String sendRaw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void check(String method, String path, Reply reply) {
    if (!path.startsWith(Contract.MOUNTED_AT) || path.equals(WriteRoute.PATH)) {
      return;
    }
    var operation = contract.findOperation(path, HttpMethod.valueOf(method));
    // a problem looks the same everywhere, also where the contract has nothing
    String id = operation == null ? "incidents" : operation.getOperationId();
    String type = reply.header("content-type").replace("/problem+json", "/vnd.problem+json");
    Map<String, String> headers = new HashMap<>();
    reply
        .response()
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name, values.getFirst()));
    Buffer body = reply.body().isEmpty() ? null : Buffer.buffer(reply.body());
    assertThat(
            validator
                .validate(ValidatableResponse.create(reply.status(), headers, body, type), id)
                .toCompletionStage()
                .toCompletableFuture())
        .as("%s %s answered %s %s", method, path, reply.status(), reply.body())
        .succeedsWithin(java.time.Duration.ofSeconds(30));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
  }

  private static String strict(String document) {
    JsonObject contract = new JsonObject(document);
    contract
        .getJsonObject("components")
        .getJsonObject("schemas")
        .forEach(schema -> {
          if (schema.getValue() instanceof JsonObject found && found.containsKey("properties")) {
            found.put("additionalProperties", false);
          }
        });
    return contract.encode();
  }

  private static <T> T join(io.vertx.core.Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    server.close();
    join(vertx.close());
    client.close();
  }

  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonObject json() {
      return new JsonObject(body());
    }

    /// The kind of problem, such as `not-found`; fails if the answer is no problem.
    String problem() {
      assertThat(header("content-type")).isEqualTo("application/problem+json");
      assertThat(json().getInteger("status")).isEqualTo(status());
      return json().getString("type").replace("urn:fleetward:problem:", "");
    }
  }
}
