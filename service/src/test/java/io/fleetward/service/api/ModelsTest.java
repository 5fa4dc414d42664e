package io.fleetward.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models and versions; [RunningApi] holds each answer against the contract.
class ModelsTest {
  private static RunningApi api;

  @BeforeAll
  static void start(@TempDir Path folder) {
    api = new RunningApi(folder, new DeskOfOneIncident(), List.of());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static RunningApi.Reply post(String path, String body) {
    return api.send("POST", "/api/v1/models" + path, "admin", body);
  }

  @Test
  void modelsComeWithTheVersionsOfEachClass() {
    JsonArray models =
        api.send("GET", "/api/v1/models", "viewer", "").json().getJsonArray("models");

    JsonObject web = models.getJsonObject(0).getJsonArray("classes").getJsonObject(0);
    assertThat(web.getString("champion")).isEqualTo(StagedModels.CHAMPION);
    assertThat(web.getJsonArray("versions").getJsonObject(0).getString("state"))
        .isEqualTo("challenges");
    assertThat(models.getJsonObject(1).getBoolean("trainable")).isFalse();
  }

  @Test
  void aVersionComesWithItsProvenance() {
    JsonObject version =
        api.send("GET", "/api/v1/models/host/versions/" + StagedModels.CHAMPION, "viewer", "")
            .json();

    assertThat(version.getJsonObject("provenance").getJsonObject("tribuo").getString("version"))
        .isEqualTo("4.3.2");
    assertThat(version.getJsonArray("history").getJsonObject(0).getString("by"))
        .isEqualTo("training");
  }

  @Test
  void trainingIsNoted() {
    assertThat(post("/host/train", "{}").json().getJsonArray("classes"))
        .isEqualTo(new JsonArray(List.of("db", "web")));
    assertThat(post("/host/train", "{\"hostClass\":\"web\"}").json().getJsonArray("classes"))
        .isEqualTo(new JsonArray(List.of("web")));
  }

  @Test
  void whatIsNotTrainedOrNotChampionConflicts() {
    var training = post("/cold/train", "{}");
    assertThat(training.status()).isEqualTo(409);
    assertThat(training.problem()).isEqualTo("not-possible");

    var rollBack =
        post(
            "/host/rollback",
            "{\"hostClass\":\"web\",\"reason\":\"x\",\"version\":\"%s\"}"
                .formatted(StagedModels.CHALLENGER));
    assertThat(rollBack.status()).isEqualTo(409);
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    for (var reply :
        List.of(
            api.send("GET", "/api/v1/models/host/versions/20261123T120000Z-ffffffff", "viewer", ""),
            post("/none/train", "{}"),
            post("/host/rollback", "{\"hostClass\":\"db\",\"reason\":\"x\"}"))) {
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.problem()).isEqualTo("not-found");
    }
  }

  @Test
  void whatDoesNotFitTheContractIsRefused() {
    assertThat(post("/host/rollback", "{\"hostClass\":\"web\"}").problem())
        .isEqualTo("invalid-request");
    assertThat(post("/host/train", "{\"class\":\"web\"}").problem()).isEqualTo("invalid-request");
    assertThat(api.send("GET", "/api/v1/models/host/versions/latest", "viewer", "").problem())
        .isEqualTo("invalid-request");
  }
}
