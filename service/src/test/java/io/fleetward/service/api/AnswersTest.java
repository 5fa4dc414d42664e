package io.fleetward.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.models.faults.FaultKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the API answers to those who may ask; [RunningApi] holds each answer against the contract.
class AnswersTest {
  private static final DeskOfOneIncident DESK = new DeskOfOneIncident();
  private static RunningApi api;

  @BeforeAll
  static void start(@TempDir Path folder) {
    api = new RunningApi(folder, DESK, List.of());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static JsonObject get(String path) {
    return api.send("GET", "/api/v1" + path, "viewer", "").json();
  }

  @Test
  void incidentsAreAskedForByStateAndLimit() {
    get("/incidents?state=resolved&limit=7");
    get("/incidents");

    assertThat(DESK.asked).contains("incidents resolved 7", "incidents any 100");
  }

  @Test
  void theDeskIsNeverAskedOnTheEventLoop() {
    get("/incidents");

    assertThat(DESK.threads).isNotEmpty().allMatch(name -> name.startsWith("fleetward-desk"));
  }

  @Test
  void anIncidentComesWithItsTrace() {
    JsonObject incident = get("/incidents/inc-1");

    assertThat(incident.getString("title")).isEqualTo("RunawayProcess on web-1");
    assertThat(incident.getValue("resolvedAt")).isNull();
    assertThat(incident.getJsonArray("alerts").getJsonObject(0).getValue("value")).isEqualTo("NaN");
    JsonObject decision = incident.getJsonArray("trace").getJsonObject(0);
    assertThat(decision.getString("decision")).isEqualTo("hold");
    assertThat(decision.getJsonArray("guards").getJsonObject(0).getString("remedy"))
        .isEqualTo("wait until 12:02");
    assertThat(get("/incidents/inc-1/trace").getJsonArray("trace"))
        .isEqualTo(incident.getJsonArray("trace"));
  }

  @Test
  void anIncidentTellsWhatKindOfFaultItLooksLike() {
    JsonObject fault = get("/incidents/inc-1").getJsonObject("fault");

    assertThat(fault.getJsonArray("kinds").getJsonObject(0).getString("kind")).isEqualTo("fd-leak");
    assertThat(fault.getValue("stated")).isNull();
  }

  @Test
  void whatAPersonSaysAFaultIsIsRecorded() {
    var reply =
        api.send(
            "POST",
            "/api/v1/incidents/inc-1/fault",
            "operator",
            "{\"kind\":\"socket-leak\",\"reason\":\"ss -s\"}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().getJsonObject("fault").getJsonObject("stated").getString("kind"))
        .isEqualTo("socket-leak");
    assertThat(DESK.asked).contains("state inc-1 socket-leak ss -s operator");
  }

  @Test
  void theContractListsTheKindsThatThereAre() {
    JsonArray kinds =
        api.send("GET", "/api/v1/openapi.json", "viewer", "")
            .json()
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("FaultKind")
            .getJsonArray("enum");

    assertThat(kinds.stream().map(String::valueOf).toList())
        .isEqualTo(
            Arrays.stream(FaultKind.values())
                .filter(kind -> kind != FaultKind.UNKNOWN)
                .map(FaultKind::text)
                .toList());
  }

  @Test
  void anApprovalIsRecordedUnderThePersonOfTheToken() {
    var reply =
        api.send(
            "POST",
            "/api/v1/remediations/rem-1/approvals",
            "approver",
            "{\"decision\":\"approve\",\"reason\":\"looks right – go\"}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().getString("state")).isEqualTo("approved");
    assertThat(DESK.asked).contains("decide rem-1 APPROVE looks right – go approver");
  }

  @Test
  void aRejectionIsRecorded() {
    var reply =
        api.send(
            "POST",
            "/api/v1/remediations/rem-1/approvals",
            "admin",
            "{\"decision\":\"reject\",\"reason\":\"wrong process\"}");

    assertThat(reply.json().getString("state")).isEqualTo("rejected");
  }

  @Test
  void theRequesterCannotDecide() {
    var reply =
        api.send(
            "POST",
            "/api/v1/remediations/rem-1/approvals",
            "rita",
            "{\"decision\":\"approve\",\"reason\":\"mine\"}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.problem()).isEqualTo("must-not-decide");
    assertThat(reply.json().getString("detail")).startsWith("the requester cannot approve");
  }

  @Test
  void whatDoesNotAwaitADecisionConflicts() {
    var reply =
        api.send(
            "POST",
            "/api/v1/remediations/rem-2/approvals",
            "approver",
            "{\"decision\":\"approve\",\"reason\":\"late\"}");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.problem()).isEqualTo("not-awaiting");
    assertThat(reply.json().getString("detail")).contains("\"rem-2\" is verified");
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    String decision = "{\"decision\":\"approve\",\"reason\":\"x\"}";
    for (var reply :
        List.of(
            api.send("GET", "/api/v1/incidents/inc-9", "viewer", ""),
            api.send("GET", "/api/v1/incidents/inc-9/trace", "viewer", ""),
            api.send("GET", "/api/v1/remediations/rem-9", "viewer", ""),
            api.send("POST", "/api/v1/remediations/rem-9/approvals", "admin", decision),
            api.send("DELETE", "/api/v1/pauses/pause-9", "admin", ""))) {
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.problem()).isEqualTo("not-found");
    }
  }

  @Test
  void aPauseIsMadeListedAndEnded() {
    var made = api.send("POST", "/api/v1/pauses", "operator", "{\"reason\":\"kernel update\"}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().getString("owner")).isEqualTo("operator");

    JsonArray listed = get("/pauses").getJsonArray("pauses");
    assertThat(listed).contains(made.json());

    assertThat(api.send("DELETE", made.header("location"), "operator", "").status()).isEqualTo(204);
    assertThat(get("/pauses").getJsonArray("pauses")).doesNotContain(made.json());
  }

  @Test
  void hostsAreListed() {
    JsonObject host = get("/hosts").getJsonArray("hosts").getJsonObject(0);

    assertThat(host.getString("instance")).isEqualTo("web-1");
    assertThat(host.getString("announcedAt")).isEqualTo("2026-11-01T12:00:00Z");
  }

  @Test
  void theContractIsOpenToEverybodyAndNamesThisServer() {
    JsonObject contract = api.send("GET", "/api/v1/openapi.json", "", "").json();

    assertThat(contract.getString("openapi")).startsWith("3.1.");
    assertThat(contract.getJsonArray("servers").getJsonObject(0).getString("url"))
        .isEqualTo("/api/v1");
    assertThat(contract.encode()).contains("application/problem+json");
  }
}
