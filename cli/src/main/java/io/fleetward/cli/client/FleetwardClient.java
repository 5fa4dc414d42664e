package io.fleetward.cli.client;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.service.desk.Desk.Verdict;
import io.fleetward.service.desk.HostKeyView;
import io.fleetward.service.desk.HostView;
import io.fleetward.service.desk.IncidentView;
import io.fleetward.service.desk.ModelClassView;
import io.fleetward.service.desk.ModelVersionView;
import io.fleetward.service.desk.ModelView;
import io.fleetward.service.desk.PauseView;
import io.fleetward.service.desk.RemediationView;
import io.fleetward.service.desk.TraceEntry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Asks a service. Thread safe; every method waits for the answer.
///
/// Every method throws [ServerUnreachableException] if no service answers, and
/// [RequestRefusedException] if it answers with a problem.
public final class FleetwardClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final URI server;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /// @param server such as `http://127.0.0.1:7480`
  /// @param token the secret, `flw_…`
  public FleetwardClient(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  public Received<List<IncidentView>> incidents(Optional<String> state) {
    return get("/incidents" + query(state), Incidents.class, Incidents::incidents);
  }

  public Received<IncidentDetails> incident(String id) {
    HttpResponse<byte[]> response = send("GET", "/incidents/" + encoded(id), noBody());
    IncidentView incident = decode(response, IncidentView.class);
    Trace trace = decode(response, Trace.class);
    return new Received<>(new IncidentDetails(incident, trace.trace()), text(response));
  }

  /// Says what kind of fault an incident is.
  ///
  /// @return the incident as it stands then
  public IncidentView stateFault(String id, String kind, String reason) {
    return decode(
        send(
            "POST",
            "/incidents/%s/fault".formatted(encoded(id)),
            json(Map.of("kind", kind, "reason", reason))),
        IncidentView.class);
  }

  public Received<List<RemediationView>> remediations(Optional<String> state) {
    return get("/remediations" + query(state), Remediations.class, Remediations::remediations);
  }

  public Received<RemediationView> remediation(String id) {
    return get("/remediations/" + encoded(id), RemediationView.class, Function.identity());
  }

  /// Approves or rejects.
  ///
  /// @return the remediation as it stands after the decision
  public RemediationView decide(String id, Verdict verdict, String reason) {
    String word = verdict.name().toLowerCase(Locale.ROOT);
    BodyPublisher body = json(new NewDecision(word, reason));
    return decode(
        send("POST", "/remediations/%s/approvals".formatted(encoded(id)), body),
        RemediationView.class);
  }

  public Received<List<PauseView>> pauses() {
    return get("/pauses", Pauses.class, Pauses::pauses);
  }

  public PauseView pause(String reason) {
    return decode(send("POST", "/pauses", json(new NewPause(reason))), PauseView.class);
  }

  public void resume(String id) {
    send("DELETE", "/pauses/" + encoded(id), noBody());
  }

  public Received<List<HostView>> hosts() {
    return get("/hosts", Hosts.class, Hosts::hosts);
  }

  public Received<List<HostKeyView>> hostKeys() {
    return get("/hosts/keys", HostKeys.class, HostKeys::keys);
  }

  /// Makes a token by which hosts can be enrolled.
  ///
  /// @param instances expression that an instance has to match as a whole
  public HostToken makeHostToken(Duration valid, String instances, int uses, boolean replaces) {
    BodyPublisher body = json(new NewHostToken(valid.toSeconds(), instances, uses, replaces));
    return decode(send("POST", "/hosts/tokens", body), HostToken.class);
  }

  public void revokeHostKey(String instance) {
    send("DELETE", "/hosts/%s/key".formatted(encoded(instance)), noBody());
  }

  /// @param token the secret, shown only now
  public record HostToken(String token, Instant expiresAt) {
    /// Without the secret, so that it cannot slip into a log.
    @Override
    public String toString() {
      return "HostToken[until %s]".formatted(expiresAt);
    }
  }

  public Received<List<ModelView>> models() {
    return get("/models", Models.class, Models::models);
  }

  public Received<ModelVersionView> modelVersion(String model, String version) {
    return get(
        "/models/%s/versions/%s".formatted(encoded(model), encoded(version)),
        ModelVersionView.class,
        Function.identity());
  }

  /// Asks for training.
  ///
  /// @param hostClass empty for every class
  /// @return the classes that will be trained
  public List<String> trainModel(String model, Optional<String> hostClass) {
    Map<String, String> wish = hostClass.map(name -> Map.of("hostClass", name)).orElse(Map.of());
    return decode(
            send("POST", "/models/%s/train".formatted(encoded(model)), json(wish)), Classes.class)
        .classes();
  }

  /// Takes a champion back for good.
  ///
  /// @param version the champion that is meant; empty for whichever it is
  /// @return the class as it is now
  public ModelClassView rollBackModel(
      String model, String hostClass, Optional<String> version, String reason) {
    Map<String, String> wish = new HashMap<>(Map.of("hostClass", hostClass, "reason", reason));
    version.ifPresent(meant -> wish.put("version", meant));
    return decode(
        send("POST", "/models/%s/rollback".formatted(encoded(model)), json(wish)),
        ModelClassView.class);
  }

  @Override
  public void close() {
    http.close();
  }

  private <W, T> Received<T> get(String path, Class<W> wire, Function<W, T> value) {
    HttpResponse<byte[]> response = send("GET", path, noBody());
    return new Received<>(value.apply(decode(response, wire)), text(response));
  }

  private HttpResponse<byte[]> send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(server.toString().replaceAll("/+$", "") + "/api/v1" + path))
            .method(method, body)
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", "application/json")
            .header("Authorization", "Bearer " + token);
    if (body.contentLength() > 0) {
      request.header("Content-Type", "application/json");
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new RequestRefusedException(decode(response, ServerProblem.class));
      }
      return response;
    } catch (IOException e) {
      throw ServerUnreachableException.of(server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServerUnreachableException.of(server, new IOException("interrupted", e));
    }
  }

  private <T> T decode(HttpResponse<byte[]> response, Class<T> type) {
    return switch (MessageCodec.decode(response.body(), type)) {
      case Decoded.Message<T>(T message) -> message;
      case Decoded.Malformed<T> _ ->
          throw ServerUnreachableException.strange(server, response.statusCode());
    };
  }

  private static BodyPublisher noBody() {
    return BodyPublishers.noBody();
  }

  private static BodyPublisher json(Object message) {
    return BodyPublishers.ofByteArray(MessageCodec.encode(message));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String query(Optional<String> state) {
    return state.map(word -> "?state=" + encoded(word)).orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
  }

  record Incidents(List<IncidentView> incidents) {
    Incidents {
      incidents = List.copyOf(incidents);
    }
  }

  record Trace(List<TraceEntry> trace) {
    Trace {
      trace = List.copyOf(trace);
    }
  }

  record Remediations(List<RemediationView> remediations) {
    Remediations {
      remediations = List.copyOf(remediations);
    }
  }

  record Pauses(List<PauseView> pauses) {
    Pauses {
      pauses = List.copyOf(pauses);
    }
  }

  record Hosts(List<HostView> hosts) {
    Hosts {
      hosts = List.copyOf(hosts);
    }
  }

  record HostKeys(List<HostKeyView> keys) {
    HostKeys {
      keys = List.copyOf(keys);
    }
  }

  record Models(List<ModelView> models) {
    Models {
      models = List.copyOf(models);
    }
  }

  record Classes(List<String> classes) {
    Classes {
      classes = List.copyOf(classes);
    }
  }

  private record NewDecision(String decision, String reason) {}

  private record NewPause(String reason) {}

  private record NewHostToken(long validSeconds, String instances, int uses, boolean replaces) {}
}
