package io.fleetward.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.service.access.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every route, for every role and for strangers.
class PermissionsTest {
  private static final String DECISION = "{\"decision\":\"approve\",\"reason\":\"seen\"}";
  private static final String REASON = "{\"reason\":\"maintenance\"}";

  private static RunningApi api;

  /// @param permitted the roles that may; everybody else is refused with 403
  record Route(String method, String path, String body, int status, Set<String> permitted) {}

  private static final Set<String> READERS = Set.of("viewer", "operator", "approver", "admin");

  private static final List<Route> ROUTES =
      List.of(
          new Route("GET", "/incidents", "", 200, READERS),
          new Route("GET", "/incidents/inc-1", "", 200, READERS),
          new Route("GET", "/incidents/inc-1/trace", "", 200, READERS),
          new Route(
              "POST",
              "/incidents/inc-1/fault",
              "{\"kind\":\"fd-leak\",\"reason\":\"lsof\"}",
              201,
              Set.of("operator", "approver", "admin")),
          new Route("GET", "/remediations", "", 200, READERS),
          new Route("GET", "/remediations/rem-1", "", 200, READERS),
          new Route(
              "POST", "/remediations/rem-1/approvals", DECISION, 201, Set.of("approver", "admin")),
          new Route("GET", "/pauses", "", 200, READERS),
          new Route("POST", "/pauses", REASON, 201, Set.of("operator", "approver", "admin")),
          new Route("DELETE", "/pauses/none", "", 404, Set.of("operator", "approver", "admin")),
          new Route("GET", "/hosts", "", 200, READERS),
          new Route("GET", "/hosts/keys", "", 200, READERS),
          new Route("POST", "/hosts/tokens", "{\"uses\":3}", 201, Set.of("admin")),
          new Route("DELETE", "/hosts/web-1/key", "", 204, Set.of("admin")),
          new Route("GET", "/rules", "", 200, READERS),
          new Route("GET", "/alerts", "", 200, READERS),
          new Route("POST", "/reload", "", 200, Set.of("admin")),
          new Route("GET", "/models", "", 200, READERS),
          new Route("GET", "/models/host/versions/" + StagedModels.CHAMPION, "", 200, READERS),
          new Route("POST", "/models/host/train", "{}", 202, Set.of("admin")),
          new Route(
              "POST",
              "/models/host/rollback",
              "{\"hostClass\":\"web\",\"reason\":\"alarms at night\"}",
              200,
              Set.of("operator", "approver", "admin")));

  @BeforeAll
  static void start(@TempDir Path folder) {
    api = new RunningApi(folder, new DeskOfOneIncident(), List.of());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static Stream<List<Object>> everyRouteAndRole() {
    return ROUTES.stream()
        .flatMap(
            route -> Stream.of(Role.values()).map(role -> List.<Object>of(route, role.word())));
  }

  @ParameterizedTest
  @MethodSource("everyRouteAndRole")
  void aRoleMayWhatTheTableSays(List<Object> pair) {
    Route route = (Route) pair.get(0);
    String role = (String) pair.get(1);

    var reply = api.send(route.method(), "/api/v1" + route.path(), role, route.body());

    if (route.permitted().contains(role)) {
      assertThat(reply.status()).isEqualTo(route.status());
    } else {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.problem()).isEqualTo("not-permitted");
      assertThat(reply.json().getString("detail")).startsWith(role + " has the role " + role);
    }
  }

  @ParameterizedTest
  @MethodSource("everyRoute")
  void strangersAreToldToBringAToken(Route route) {
    var reply = api.send(route.method(), "/api/v1" + route.path(), "", "{not even JSON");

    assertThat(reply.problem()).isEqualTo("unauthenticated");
    assertThat(reply.header("www-authenticate")).isEqualTo("Bearer realm=\"fleetward\"");
  }

  private static Stream<Route> everyRoute() {
    return ROUTES.stream();
  }

  @Test
  void aHostNeedsATokenOfItsOwnToBeEnrolled() {
    assertThat(enrol("fle_known", "key").status()).isEqualTo(201);
    assertThat(enrol("fle_another", "key").problem()).isEqualTo("unauthenticated");
    assertThat(enrol("fle_known", "another").problem()).isEqualTo("not-possible");
    assertThat(api.send("POST", "/api/v1/hosts/enrol", "", "{}").problem())
        .isEqualTo("invalid-request");
  }

  private static RunningApi.Reply enrol(String token, String publicKey) {
    return api.send(
        "POST",
        "/api/v1/hosts/enrol",
        "",
        """
        {"token":"%s","publicKey":"%s","request":
          {"payloadType":"t","payload":"p","signatures":[{"keyid":"enrolment","sig":"s"}]}}
        """
            .formatted(token, publicKey));
  }

  @Test
  void theTableCoversEveryOperationOfTheContract() {
    Set<String> tested = new TreeSet<>(List.of("get /openapi.json", "post /hosts/enrol"));
    for (Route route : ROUTES) {
      String template =
          route
              .path()
              .replaceAll("/(inc-1|rem-1|none|web-1)", "/{id}")
              .replace("/host/", "/{name}/")
              .replace(StagedModels.CHAMPION, "{version}");
      tested.add(route.method().toLowerCase(java.util.Locale.ROOT) + " " + template);
    }
    Set<String> written = new TreeSet<>();
    JsonObject paths = new JsonObject(Contract.document()).getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        written.add(method + " " + path);
      }
    }

    assertThat(tested).isEqualTo(written);
  }

  @Test
  void whatIsNoKnownTokenIsRefused() {
    List<String> headers = new ArrayList<>();
    String viewer = api.secret("viewer");
    headers.add("Bearer flw_" + "A".repeat(43));
    headers.add("Bearer " + viewer.substring(0, viewer.length() - 1));
    headers.add("Bearer " + viewer + "A");
    headers.add("Bearer " + viewer + " " + viewer);
    headers.add("Bearer");
    headers.add("Bearer ");
    headers.add("Basic dmlld2VyOnZpZXdlcg==");
    headers.add(viewer);
    headers.add("Bearer " + "x".repeat(4_000));
    for (String header : headers) {
      var reply =
          api.send(api.request("GET", "/api/v1/incidents", "").header("Authorization", header));

      assertThat(reply.problem()).as(header).isEqualTo("unauthenticated");
      assertThat(reply.header("www-authenticate"))
          .isEqualTo("Bearer realm=\"fleetward\", error=\"invalid_token\"");
      assertThat(reply.body()).doesNotContain(viewer);
    }
  }

  @Test
  void twoAuthorizationHeadersAreRefused() {
    String header = "Bearer " + api.secret("admin");
    var reply =
        api.send(
            api.request("GET", "/api/v1/incidents", "")
                .header("Authorization", header)
                .header("Authorization", header));

    assertThat(reply.problem()).isEqualTo("unauthenticated");
  }

  @Test
  void theSchemeIsReadInAnyCase() {
    var reply =
        api.send(
            api.request("GET", "/api/v1/incidents", "")
                .header("Authorization", "bearer " + api.secret("viewer")));

    assertThat(reply.status()).isEqualTo(200);
  }
}
