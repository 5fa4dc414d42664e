package io.fleetward.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.service.desk.ConfigurationDesk.Reloaded;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.Desks;
import io.fleetward.service.desk.RuleAlertView;
import io.fleetward.service.desk.RuleGroupView;
import io.fleetward.service.desk.RuleView;
import io.fleetward.service.desk.RuleView.Health;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules and alerts in Prometheus' shape, and reloading them.
class RulesTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00.5Z");
  private static final RuleAlertView FIRING =
      new RuleAlertView(
          Map.of("alertname", "LoadHigh", "instance", "web-1"),
          Map.of("summary", "load is 9"),
          "firing",
          AT,
          AT.plusSeconds(60),
          "9e+00");
  private static final RuleView LOAD_HIGH =
      new RuleView.Alerting(
          "firing",
          "LoadHigh",
          "load > 5",
          30,
          0,
          Map.of("severity", "page"),
          Map.of("summary", "load is {{ $value }}"),
          List.of(FIRING),
          Health.OK,
          "",
          0.000012,
          AT);
  private static final RuleView SUM =
      new RuleView.Recording(
          "fleet:load:sum",
          "sum(load)",
          Map.of(),
          Health.UNKNOWN,
          "not evaluated: it needs the series of several hosts",
          0,
          RuleView.NEVER);

  private static final AtomicReference<Reloaded> ANSWER =
      new AtomicReference<>(new Reloaded.InForce("v1", false));
  private static final List<Person> ASKED = new ArrayList<>();
  private static RunningApi api;

  @BeforeAll
  static void start(@TempDir Path folder) {
    StagedRules rules =
        new StagedRules(
            List.of(
                new RuleGroupView("load", "/r/a.yaml", 30, 0, 0.00002, AT, List.of(LOAD_HIGH, SUM)),
                new RuleGroupView("more", "/r/b.yaml", 0, 3, 0, AT, List.of(SUM))),
            List.of(FIRING));
    Desks desks =
        new Desks(
            new DeskOfOneIncident(),
            rules,
            person -> {
              ASKED.add(person);
              return ANSWER.get();
            },
            new StagedModels(),
            new StagedEnrolments());
    api = new RunningApi(folder, desks, List.of());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static JsonArray groups(String query) {
    var reply = api.send("GET", "/api/v1/rules" + query, "viewer", "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().getString("status")).isEqualTo("success");
    return reply.json().getJsonObject("data").getJsonArray("groups");
  }

  private static List<String> names(String query) {
    List<String> names = new ArrayList<>();
    for (Object group : groups(query)) {
      for (Object rule : ((JsonObject) group).getJsonArray("rules")) {
        names.add(
            ((JsonObject) group).getString("name") + "/" + ((JsonObject) rule).getString("name"));
      }
    }
    return names;
  }

  @Test
  void haveTheShapeThatPrometheusGivesThem() {
    assertThat(groups("").getJsonObject(0))
        .isEqualTo(
            new JsonObject(
                """
                {"name": "load", "file": "/r/a.yaml", "interval": 30.0, "limit": 0,
                 "evaluationTime": 0.00002, "lastEvaluation": "2026-11-22T10:00:00.500Z",
                 "rules": [
                   {"type": "alerting", "state": "firing", "name": "LoadHigh", "query": "load > 5",
                    "duration": 30.0, "keepFiringFor": 0.0, "labels": {"severity": "page"},
                    "annotations": {"summary": "load is {{ $value }}"},
                    "alerts": [
                      {"labels": {"alertname": "LoadHigh", "instance": "web-1"},
                       "annotations": {"summary": "load is 9"}, "state": "firing",
                       "activeAt": "2026-11-22T10:00:00.500Z",
                       "keepFiringSince": "2026-11-22T10:01:00.500Z", "value": "9e+00"}],
                    "health": "ok", "evaluationTime": 0.000012,
                    "lastEvaluation": "2026-11-22T10:00:00.500Z"},
                   {"type": "recording", "name": "fleet:load:sum", "query": "sum(load)",
                    "labels": {}, "health": "unknown",
                    "lastError": "not evaluated: it needs the series of several hosts",
                    "evaluationTime": 0.0, "lastEvaluation": "0001-01-01T00:00:00Z"}]}
                """));
  }

  @Test
  void canBeFiltered() {
    assertThat(names(""))
        .containsExactly("load/LoadHigh", "load/fleet:load:sum", "more/fleet:load:sum");
    assertThat(names("?type=alert")).containsExactly("load/LoadHigh");
    assertThat(names("?type=record")).hasSize(2);
    assertThat(names("?rule_name%5B%5D=LoadHigh&rule_name%5B%5D=other"))
        .containsExactly("load/LoadHigh");
    assertThat(names("?rule_name%5B%5D=fleet:load:sum&rule_name%5B%5D=LoadHigh")).hasSize(3);
    assertThat(names("?rule_group%5B%5D=more")).containsExactly("more/fleet:load:sum");
    assertThat(names("?file%5B%5D=/r/b.yaml")).containsExactly("more/fleet:load:sum");
    assertThat(names("?rule_group%5B%5D=more&type=alert")).isEmpty();
  }

  @Test
  void comeWithoutAlertsIfAsked() {
    JsonObject rule =
        groups("?exclude_alerts=true").getJsonObject(0).getJsonArray("rules").getJsonObject(0);
    assertThat(rule.getJsonArray("alerts")).isEmpty();
    assertThat(rule.getString("state")).isEqualTo("firing");
    assertThat(groups("?exclude_alerts=false").encode()).contains("load is 9");
  }

  @Test
  void refuseWhatTheyDoNotKnow() {
    assertThat(api.send("GET", "/api/v1/rules?type=both", "viewer", "").problem())
        .isEqualTo("invalid-request");
    assertThat(api.send("GET", "/api/v1/rules?exclude_alerts=maybe", "viewer", "").problem())
        .isEqualTo("invalid-request");
    assertThat(api.send("GET", "/api/v1/rules?rule_name=x", "viewer", "").problem())
        .isEqualTo("invalid-request");
  }

  @Test
  void alertsAreThereByThemselves() {
    var reply = api.send("GET", "/api/v1/alerts", "viewer", "");
    assertThat(reply.json().getString("status")).isEqualTo("success");
    JsonArray alerts = reply.json().getJsonObject("data").getJsonArray("alerts");
    assertThat(alerts).hasSize(1);
    assertThat(alerts.getJsonObject(0).getString("value")).isEqualTo("9e+00");
  }

  @Test
  void areReloadedForAnAdmin() {
    ANSWER.set(new Reloaded.InForce("abc", true));
    var reply = api.send("POST", "/api/v1/reload", "admin", "");
    assertThat(reply.json()).isEqualTo(new JsonObject().put("version", "abc").put("changed", true));
    assertThat(ASKED).contains(new Person("admin"));
  }

  @Test
  void aReloadThatIsRefusedTellsEveryProblem() {
    ANSWER.set(
        new Reloaded.Refused(
            List.of(
                new Problem("/r/a.yaml", 3, 9, "group \"g\", rule \"R\": no; write yes"),
                Problem.of("/r/b.yaml", "cannot be read"))));
    var reply = api.send("POST", "/api/v1/reload", "admin", "");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.problem()).isEqualTo("unusable-files");
    assertThat(reply.json().getJsonArray("errors"))
        .isEqualTo(
            new JsonArray(
                """
                [{"where": "/r/a.yaml:3:9", "what": "group \\"g\\", rule \\"R\\": no; write yes"},
                 {"where": "/r/b.yaml", "what": "cannot be read"}]
                """));
  }

  @Test
  void aReloadThatCannotBeDoneNowCanBeTriedAgain() {
    ANSWER.set(new Reloaded.Postponed("the database is away"));
    var reply = api.send("POST", "/api/v1/reload", "admin", "");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("retry-after")).isEqualTo("5");
  }
}
