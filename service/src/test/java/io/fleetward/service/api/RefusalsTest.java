package io.fleetward.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that are refused before the desk hears of them; all of them from an admin.
class RefusalsTest {
  private static final DeskOfOneIncident DESK = new DeskOfOneIncident();
  private static final String APPROVALS = "/api/v1/remediations/rem-1/approvals";
  private static RunningApi api;

  @BeforeAll
  static void start(@TempDir Path folder) {
    api = new RunningApi(folder, DESK, List.of());
  }

  @AfterAll
  static void stop() {
    api.close();
    assertThat(DESK.asked).isEmpty();
  }

  /// @param where of the first violation told
  record Invalid(String method, String path, String body, String where) {}

  private static Stream<Invalid> invalidRequests() {
    return Stream.of(
        new Invalid("GET", "/api/v1/incidents?state=opne", "", "query parameter state"),
        new Invalid("GET", "/api/v1/incidents?state=", "", "query parameter state"),
        new Invalid("GET", "/api/v1/incidents?state=OPEN", "", "query parameter state"),
        new Invalid("GET", "/api/v1/incidents?limit=0", "", "query parameter limit"),
        new Invalid("GET", "/api/v1/incidents?limit=1001", "", "query parameter limit"),
        new Invalid("GET", "/api/v1/incidents?limit=-1", "", "query parameter limit"),
        new Invalid("GET", "/api/v1/incidents?limit=1.5", "", "query parameter limit"),
        new Invalid("GET", "/api/v1/incidents?limit=many", "", "query parameter limit"),
        new Invalid(
            "GET", "/api/v1/incidents?limit=" + "9".repeat(40), "", "query parameter limit"),
        new Invalid("GET", "/api/v1/incidents?stat=open", "", "query parameter stat"),
        new Invalid("GET", "/api/v1/hosts?state=open", "", "query parameter state"),
        new Invalid("GET", "/api/v1/remediations?state=waiting", "", "query parameter state"),
        new Invalid("GET", "/api/v1/incidents/.hidden", "", "path parameter id"),
        new Invalid("GET", "/api/v1/incidents/a%20b", "", "path parameter id"),
        new Invalid("GET", "/api/v1/incidents/a%2Fb", "", "path parameter id"),
        new Invalid("GET", "/api/v1/incidents/%00", "", "path parameter id"),
        new Invalid("GET", "/api/v1/incidents/" + "a".repeat(129), "", "path parameter id"),
        new Invalid("POST", APPROVALS, "", "body"),
        new Invalid("POST", APPROVALS, "{", "body"),
        new Invalid("POST", APPROVALS, "[]", "body"),
        new Invalid("POST", APPROVALS, "null", "body"),
        new Invalid("POST", APPROVALS, "{}", "body"),
        new Invalid("POST", APPROVALS, "{\"decision\":\"approve\"}", "body"),
        new Invalid("POST", APPROVALS, decision("yes", "ok"), "body /decision"),
        new Invalid("POST", APPROVALS, decision("approve", ""), "body /reason"),
        new Invalid("POST", APPROVALS, decision("approve", "   "), "body /reason"),
        new Invalid("POST", APPROVALS, decision("approve", "a\\nb"), "body /reason"),
        new Invalid("POST", APPROVALS, decision("approve", "\\u001b[2J"), "body /reason"),
        new Invalid("POST", APPROVALS, decision("approve", "x".repeat(1_001)), "body /reason"),
        new Invalid("POST", APPROVALS, "{\"decision\":\"approve\",\"reason\":7}", "body /reason"),
        new Invalid(
            "POST",
            APPROVALS,
            "{\"decision\":\"approve\",\"reason\":\"ok\",\"person\":\"boss\"}",
            "body"),
        new Invalid(
            "POST",
            "/api/v1/incidents/inc-1/fault",
            "{\"kind\":\"unknown\",\"reason\":\"x\"}",
            "body /kind"),
        new Invalid("POST", "/api/v1/pauses", "{\"reason\":null}", "body /reason"),
        new Invalid("POST", "/api/v1/pauses", "[".repeat(5_000), "body"));
  }

  private static String decision(String decision, String reason) {
    return "{\"decision\":\"%s\",\"reason\":\"%s\"}".formatted(decision, reason);
  }

  @ParameterizedTest
  @MethodSource("invalidRequests")
  void whatDoesNotFitTheContractIsToldWithItsPlace(Invalid invalid) {
    var reply = api.send(invalid.method(), invalid.path(), "admin", invalid.body());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("invalid-request");
    JsonArray errors = reply.json().getJsonArray("errors");
    assertThat(errors.getJsonObject(0).getString("where"))
        .as(reply.body())
        .startsWith(invalid.where());
  }

  private static Stream<List<String>> wordings() {
    return Stream.of(
        List.of(decision("yes", ""), "body /decision must be one of [\"approve\",\"reject\"]"),
        List.of(decision("approve", ""), "body /reason is too short (0 < 1)"),
        List.of("{\"reason\":\"ok\"}", "body lacks the field \"decision\""),
        List.of(
            "{\"decision\":\"approve\",\"reason\":\"ok\",\"person\":\"boss\"}",
            "body /person is unknown here; remove it"),
        List.of("[]", "body must be of type object, not array"),
        List.of("{", "body is not JSON"));
  }

  @ParameterizedTest
  @MethodSource("wordings")
  void theDetailSaysWhatAndWhere(List<String> bodyAndDetail) {
    var reply = api.send("POST", APPROVALS, "admin", bodyAndDetail.get(0));

    assertThat(reply.json().getString("detail")).startsWith(bodyAndDetail.get(1));
  }

  @Test
  void aMethodThatDoesNotExistIsRefusedWithThoseThatDo() {
    var reply = api.send("PUT", "/api/v1/pauses", "admin", "{}");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.problem()).isEqualTo("method-not-allowed");
    assertThat(reply.header("allow")).isEqualTo("GET, POST");
    assertThat(api.send("DELETE", "/metrics", "", "").header("allow")).isEqualTo("GET, HEAD");
    assertThat(api.send("DELETE", "/api/v1/incidents/x", "admin", "").header("allow"))
        .isEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml, text/*", "application/json;q=0"})
  void whatIsNotJsonIsNotAcceptable(String accept) {
    var reply =
        api.send(
            api.request("GET", "/api/v1/incidents", "")
                .header("Authorization", "Bearer " + api.secret("admin"))
                .header("Accept", accept));

    assertThat(reply.status()).isEqualTo(406);
    assertThat(reply.problem()).isEqualTo("not-acceptable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"})
  void aBodyThatIsNotJsonIsUnsupported(String type) {
    var reply =
        api.send(
            api.request("POST", APPROVALS, "")
                .method(
                    "POST",
                    java.net.http.HttpRequest.BodyPublishers.ofString(decision("approve", "ok")))
                .header("Authorization", "Bearer " + api.secret("admin"))
                .header("Content-Type", type));

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.problem()).isEqualTo("unsupported-media-type");
    assertThat(reply.header("accept")).isEqualTo("application/json");
  }

  @Test
  void aBodyBeyondTheLimitIsTooLarge() {
    String body = decision("approve", "x".repeat(64 * 1024));

    var told = api.send("POST", APPROVALS, "admin", body);
    var chunked =
        api.send(
            api.request("POST", APPROVALS, "")
                .method(
                    "POST",
                    java.net.http.HttpRequest.BodyPublishers.ofInputStream(() ->
                        new java.io.ByteArrayInputStream(
                            body.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + api.secret("admin")));

    assertThat(told.status()).isEqualTo(413);
    assertThat(told.problem()).isEqualTo("too-large");
    assertThat(chunked.problem()).isEqualTo("too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/v1",
        "/api/v2/incidents",
        "/api/v1/nothing",
        "/api/v1/incidents/inc-1/trace/more",
        "//api/v1/incidents",
        "/api/v1//incidents",
        "/api/v1/incidents//inc-1",
        "/api/v1/hosts/../incidents/inc-1",
        "/api/v1/./incidents",
        "/api/v1/incidents/../incidents/inc-1",
        "/api/v1/incidents/%2e%2e/hosts",
        "/api/v1/incidents/%69nc-1",
        "/api/v1/incidents/..%2fhosts/x",
        "/metrics/../api/v1/incidents",
        "/api/v1/INCIDENTS",
        "/api/v1/incidents;x=1",
        "/api/v1\\incidents"
      })
  void pathsThatLeadNowhereAreNotFound(String path) throws IOException {
    String reply = raw(path);

    assertThat(reply).startsWith("HTTP/1.1 404 ").contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/incidents/%zz",
        "/api/v1/incidents/%",
        "/api/v1/%c0%af",
        "/api/v1/incidents?state=%zz"
      })
  void brokenEncodingsAreRefusedAsProblems(String path) throws IOException {
    String reply = raw(path);

    assertThat(reply).containsPattern("^HTTP/1.1 40[04] ").contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /api/v1/incidents HTTP/1.1\r\nbad header\r\n\r\n",
      })
  void whatIsNotHttpIsAProblemToo(String request) throws IOException {
    assertThat(api.sendRaw(request))
        .containsPattern("^HTTP/1.[01] 400 ")
        .contains("application/problem+json")
        .contains("urn:fleetward:problem:invalid-request");
  }

  @Test
  void overlongLinesAndHeadersAreProblemsToo() throws IOException {
    assertThat(api.sendRaw("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n\r\n"))
        .containsPattern("^HTTP/1.[01] 414 ")
        .contains("urn:fleetward:problem:uri-too-long");
    assertThat(api.sendRaw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
        .containsPattern("^HTTP/1.[01] 431 ")
        .contains("urn:fleetward:problem:headers-too-large");
  }

  private static String raw(String path) throws IOException {
    return api.sendRaw(
        "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(path, api.secret("admin")));
  }
}
