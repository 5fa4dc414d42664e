package io.fleetward.service.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The OpenAPI document: as it is published, and as the router reads it.
final class Contract {
  static final String MOUNTED_AT = "/api/v1";

  private static final String RESOURCE = "/openapi/fleetward.yaml";

  private final byte[] published;
  private final OpenAPIContract routed;
  private final Map<String, List<String>> lists;

  private Contract(byte[] published, OpenAPIContract routed) {
    this.published = published;
    this.routed = routed;
    this.lists = lists(new JsonObject(new String(published, StandardCharsets.UTF_8)));
  }

  /// Loads the document off the event loop, which resolving it would block for long.
  static Future<Contract> load(Vertx vertx) {
    class Loading extends VerticleBase {
      private byte[] published = new byte[0];
      private @org.jspecify.annotations.Nullable OpenAPIContract routed;

      @Override
      public Future<?> start() {
        String document = document();
        published = document.getBytes(StandardCharsets.UTF_8);
        return OpenAPIContract.from(vertx, forRouter(document))
            .onSuccess(contract -> routed = contract);
      }
    }
    Loading loading = new Loading();
    return vertx
        .deployVerticle(loading, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
        .compose(vertx::undeploy)
        .map(_ -> new Contract(loading.published, Objects.requireNonNull(loading.routed)));
  }

  /// The published document as JSON.
  static String document() {
    LoadSettings settings = LoadSettings.builder().setLabel(RESOURCE).build();
    try (InputStream yaml = Objects.requireNonNull(Contract.class.getResourceAsStream(RESOURCE))) {
      return new ObjectMapper().writeValueAsString(new Load(settings).loadFromInputStream(yaml));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(RESOURCE + " is no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Vert.x wants an absolute server address that ends in the mount path (otherwise it takes path
  // parameters from the wrong segment), knows no application/problem+json, and takes the brackets
  // of Prometheus' list parameters for a regular expression; those are read beside it.
  static JsonObject forRouter(String document) {
    JsonObject contract =
        new JsonObject(
            document.replace(ProblemDetails.CONTENT_TYPE, "application/vnd.problem+json"));
    for (JsonObject operation : operations(contract)) {
      operation.put(
          "parameters",
          new JsonArray(
              operation.getJsonArray("parameters", new JsonArray()).stream()
                  .filter(parameter -> !isList((JsonObject) parameter))
                  .toList()));
    }
    return contract.put(
        "servers",
        new JsonArray().add(new JsonObject().put("url", "http://localhost" + MOUNTED_AT)));
  }

  private static List<JsonObject> operations(JsonObject contract) {
    return contract.getJsonObject("paths").stream()
        .flatMap(path -> ((JsonObject) path.getValue()).stream())
        .map(operation -> (JsonObject) operation.getValue())
        .toList();
  }

  private static boolean isList(JsonObject parameter) {
    return parameter.getString("name", "").endsWith("[]");
  }

  /// The parameters of each operation that may come several times, by its `operationId`.
  private static Map<String, List<String>> lists(JsonObject contract) {
    return operations(contract).stream()
        .collect(
            Collectors.toMap(
                operation -> operation.getString("operationId"),
                operation ->
                    operation.getJsonArray("parameters", new JsonArray()).stream()
                        .map(JsonObject.class::cast)
                        .filter(Contract::isList)
                        .map(parameter -> parameter.getString("name"))
                        .toList()));
  }

  /// The parameters of an operation that may come several times.
  List<String> listsOf(String operation) {
    return lists.getOrDefault(operation, List.of());
  }

  byte[] published() {
    return published.clone();
  }

  OpenAPIContract routed() {
    return routed;
  }

  /// The methods of a path, comma-separated; empty if the contract has no such path.
  String methodsOf(String path) {
    var found = routed.findPath(path);
    List<Operation> operations = found == null ? List.of() : found.getOperations();
    return operations.stream()
        .map(operation -> operation.getHttpMethod().name())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
