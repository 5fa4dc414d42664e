package io.fleetward.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.acceptance.process.Ended;
import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Settings;
import io.fleetward.acceptance.process.Web;
import io.fleetward.cli.machine.Installation.Program;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.service.access.Role;
import io.fleetward.service.access.Tokens;
import io.fleetward.service.access.Tokens.NewToken;
import io.fleetward.service.access.TokensFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rule files that are changed under a real service; it waits for a broker all the while, which
/// does not keep it from listening to people (I4).
class ReloadTest {
  private static final String GOOD =
      """
      groups:
        - name: load
          rules:
            - alert: LoadIsHigh
              expr: node_load1 > 5
      """;
  private static final String NO_MODEL =
      """
      models:
        - name: load
          score: fleetward_load_score
          detector: k-means
          features: [{ series: "instance:load:ratio", scale_floor: 0.1 }]
      """;

  @TempDir private Path folder;
  private URI api = URI.create("http://127.0.0.1");
  private String admin = "";
  private Path rules = Path.of("");

  private Launched start() throws IOException {
    MachineFiles files = MachineFiles.prepare(folder.resolve("data"), "host-1");
    MachinePorts ports = MachinePorts.free();
    rules = Files.createDirectories(folder.resolve("rules")).resolve("load.yaml");
    Files.writeString(rules, GOOD);
    Settings settings =
        Settings.ofService(files)
            .with("kafka.start-limit", "10m")
            .with("api.listen", "127.0.0.1:" + ports.api())
            .with("scoring.rules", folder.resolve("rules"))
            .with("scoring.models", Files.createDirectories(folder.resolve("models")));
    NewToken token = Tokens.create("ann", Set.of(Role.ADMIN));
    TokensFile.add(files.tokens(), token.entry());
    admin = token.secret();
    api = URI.create("http://127.0.0.1:%d".formatted(ports.api()));
    return Launched.program(
        Program.SERVICE,
        folder,
        "--config",
        settings.writeTo(folder.resolve("service.properties")).toString());
  }

  private Web.Answer reload() throws InterruptedException {
    return Web.post(api.resolve("/api/v1/reload"), admin, "");
  }

  private String rulesInForce() throws InterruptedException {
    return Web.get(api.resolve("/api/v1/rules"), admin).body();
  }

  private boolean wasSuccessful() throws InterruptedException {
    return Web.get(api.resolve("/metrics"))
        .body()
        .contains("\nfleetward_config_last_reload_successful 1.0\n");
  }

  @Test
  void aBrokenFileIsRefusedAsAWholeAndAGoodOneIsPutInForce()
      throws IOException, InterruptedException {
    try (Launched service = start()) {
      service.await("the API answers", () -> Web.answers(api.resolve("/health/live")));
      assertThat(rulesInForce()).contains("LoadIsHigh").contains("\"health\":\"unknown\"");

      Files.writeString(rules, GOOD.replace("> 5", "> 5 5") + "      - record: x\n");
      Path model = Files.writeString(folder.resolve("models/load.yaml"), NO_MODEL);
      Web.Answer refused = reload();
      assertThat(refused.status()).as(refused.body()).isEqualTo(422);
      assertThat(refused.body())
          .contains(rules + ":5:15", "group \\\"load\\\", rule \\\"LoadIsHigh\\\"")
          .contains(rules + ":6:9", "field 'expr' must be set in rule");
      assertThat(rulesInForce()).contains("node_load1 > 5\"");
      assertThat(wasSuccessful()).isFalse();

      Files.writeString(rules, GOOD.replace("> 5", "> 7"));
      assertThat(reload().body())
          .contains(model + ":5:26", "no rule records the feature \\\"instance:load:ratio\\\"");
      Files.delete(model);
      if (ignoresHangUps()) {
        reload();
      } else {
        hangUp(service);
      }
      service.await("the signal is heard", () -> isInForce("node_load1 > 7"));
      assertThat(wasSuccessful()).isTrue();
      assertThat(reload().body()).contains("\"changed\":false");

      Instant asked = Instant.now();
      Ended ended = service.terminate();
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
  }

  private boolean isInForce(String expression) {
    try {
      return rulesInForce().contains(expression);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Whether this JVM was started by something like `nohup`: what it starts cannot be told to
  /// listen.
  private static boolean ignoresHangUps() throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16) & 1) != 0;
  }

  private void hangUp(Launched service) throws InterruptedException {
    try (Launched kill =
        Launched.command(folder, java.util.List.of("kill", "-HUP", Long.toString(service.pid())))) {
      assertThat(kill.awaitEnd().status()).isZero();
    }
  }
}
