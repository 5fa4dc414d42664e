package io.fleetward.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.service.access.Role;
import io.fleetward.service.access.Tokens;
import io.fleetward.service.access.Tokens.NewToken;
import io.fleetward.service.access.TokensFile;
import io.fleetward.service.api.ApiServer;
import io.fleetward.service.api.ApiSettings;
import io.fleetward.service.desk.ConfigurationDesk.Reloaded;
import io.fleetward.service.desk.Desks;
import io.fleetward.service.desk.RuleAlertView;
import io.fleetward.service.desk.RuleDesk;
import io.fleetward.service.desk.RuleGroupView;
import io.fleetward.service.ingest.IngestSettings;
import io.fleetward.service.ingest.RemoteWriteReceiver;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands against the real API; what they print is compared with `operator/*.txt`, which
/// `UPDATE_GOLDEN=true` rewrites.
class OperatorCommandsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/operator");

  @TempDir private static Path home;
  private static ApiServer server;

  @BeforeAll
  static void start() throws IOException {
    Path tokens = home.resolve("tokens.yaml");
    for (Role role : Role.values()) {
      NewToken token = Tokens.create(role.word(), Set.of(role));
      TokensFile.add(tokens, token.entry());
      Files.writeString(home.resolve(role.word()), token.secret() + "\n");
    }
    server =
        ApiServer.start(
            new ApiSettings(new ListenAddress("127.0.0.1", 0), tokens),
            new RemoteWriteReceiver(
                new IngestSettings(1_024, 1, 1, Optional.empty()), List.of(), _ -> {}),
            new Desks(
                new DeskWithHistory(),
                new NoRules(),
                _ -> new Reloaded.InForce("", false),
                new ModelsWithVersions(),
                new HostsWithKeys()),
            new PrometheusRegistry(),
            List.of());
  }

  /// No operator's command asks for rules.
  private record NoRules() implements RuleDesk {
    @Override
    public List<RuleGroupView> ruleGroups() {
      return List.of();
    }

    @Override
    public List<RuleAlertView> alerts() {
      return List.of();
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static OperatorRun run(Role role, String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--server", "http://127.0.0.1:" + server.port()));
    line.addAll(List.of("--token-file", home.resolve(role.word()).toString()));
    return OperatorRun.of(home, Map.of(), line.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "incidents, incidents",
    "incidents-open, incidents --state open",
    "incident, incidents inc-1",
    "incident-is, incidents inc-1 --is cpu-hog --reason profiled",
    "remediations, remediations",
    "remediations-none, remediations --state expired",
    "remediation, remediations rem-2",
    "approve, approve rem-2 --reason fits",
    "reject, reject rem-2 --reason wrong",
    "pauses, pauses",
    "pause, pause --reason update",
    "resume, resume pause-1",
    "hosts, hosts",
    "hosts, hosts list",
    "hosts-keys, hosts keys",
    "hosts-revoke, hosts revoke db-1",
    "models-list, models list",
    "models-show, models show host 20261123T120000Z-00112233",
    "models-train, models train host",
    "models-rollback, models rollback host --class web --reason noisy"
  })
  void whatIsPrintedIsWhatTheFileSays(String golden, String line) throws IOException {
    OperatorRun run = run(Role.ADMIN, line.split(" "));

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(0);
    assertThat(run.out().lines()).allMatch(printed -> printed.length() <= 100);
    Path file = GOLDEN.resolve(golden + ".txt");
    if ("true".equals(System.getenv("UPDATE_GOLDEN"))) {
      Files.writeString(file, run.out());
    }
    assertThat(run.out()).isEqualTo(Files.readString(file));
  }

  @Test
  void jsonIsWhatTheServiceSays() {
    OperatorRun run = run(Role.VIEWER, "pauses", "--json");

    assertThat(run.out())
        .isEqualTo(
            "{\"pauses\":[{\"id\":\"pause-1\",\"owner\":\"olga\",\"reason\":\"kernel update on rack 7\",\"since\":\"2026-11-01T12:00:00Z\"}]}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "incidents inc-9",
    "remediations rem-9",
    "resume pause-9",
    "approve rem-9 --reason x",
    "models show host 20261123T120000Z-99999999",
    "models train none",
    "models rollback host --class db --reason x"
  })
  void whatDoesNotExistIsNegative(String line) {
    OperatorRun run = run(Role.ADMIN, line.split(" "));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("There is no such thing: there is no ").endsWith("s\n");
  }

  @Test
  void anEnrolmentTokenIsAllThatIsPrinted() {
    OperatorRun run =
        run(Role.ADMIN, "hosts", "token", "--valid", "2h", "--instance", "web-.*", "--uses", "3");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("fle_web-.*_3_false_PT2H\n");
    assertThat(run.err()).contains("for 3 x web-.*").contains("shown only now");
  }

  @Test
  void anEnrolmentTokenIsForADuration() {
    OperatorRun run = run(Role.ADMIN, "hosts", "token", "--valid", "long");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("--valid is \"long\"; write a duration like 30m, 1h or 2d\n");
  }

  @Test
  void aRoleThatIsNotEnoughIsRefused() {
    OperatorRun run = run(Role.OPERATOR, "approve", "rem-2", "--reason", "fits");

    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err())
        .isEqualTo(
            "The token's roles do not permit this: operator has the role operator; this needs approver or admin\n");
  }

  @Test
  void theRequesterIsRefused() {
    OperatorRun run = run(Role.APPROVER, "approve", "rem-own", "--reason", "mine");

    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err())
        .isEqualTo(
            "This person must not decide on this remediation: the requester cannot approve; ask somebody else with the role approver or admin\n");
  }

  @Test
  void aDecisionThatComesTooLateIsRefused() {
    OperatorRun run = run(Role.APPROVER, "reject", "rem-1", "--reason", "late");

    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err()).contains("remediation \"rem-1\" is verified");
  }

  @Test
  void anUnknownTokenIsRefused() throws IOException {
    Path file = Files.writeString(home.resolve("stranger"), "flw_" + "A".repeat(43));
    OperatorRun run =
        OperatorRun.of(
            home,
            Map.of("FLEETWARD_TOKEN_FILE", file.toString()),
            "hosts",
            "--server",
            "http://127.0.0.1:" + server.port());

    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err()).startsWith("A valid token is needed: this token is not known");
  }

  @Test
  void whatCannotBeDoneNowIsRefused() {
    OperatorRun run =
        run(
            Role.OPERATOR,
            "models rollback host --class web --reason x --version 20261124T120000Z-44556677"
                .split(" "));

    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err()).startsWith("That is not possible now: version 2026");
  }

  @Test
  void aVersionIsTrainedOnAFileAndShownWithoutAService() throws IOException {
    StringBuilder rows = new StringBuilder("timestamp,busy,memory\n");
    Random random = new Random(1);
    for (int minute = 0; minute < 2_000; minute++) {
      rows.append(1_763_856_000 + 60 * minute)
          .append(",%.4f,%.4f%n".formatted(random.nextDouble(), random.nextDouble()));
    }
    Path input = Files.writeString(home.resolve("web.csv"), rows);
    Path brief =
        Files.writeString(
            home.resolve("brief.csv"), rows.substring(0, 1 + rows.lastIndexOf("\n", 9_000)));
    String output = home.resolve("web.model").toString();

    OperatorRun trained =
        OperatorRun.of(
            home,
            Map.of(),
            "models",
            "train",
            "host",
            "--class",
            "web",
            "--input",
            input + "",
            "--output",
            output);
    OperatorRun shown = OperatorRun.of(home, Map.of(), "models", "show", output);
    OperatorRun refused =
        OperatorRun.of(
            home, Map.of(), "models", "train", "host", "--input", brief + "", "--output", output);

    assertThat(trained.err()).isEmpty();
    assertThat(trained.status()).isEqualTo(0);
    assertThat(shown.out()).contains("1500 of 1 hosts", "500 held out", "memory");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("a version needs 1000 and 240");
    Files.writeString(Path.of(output), "altered");
    assertThat(OperatorRun.of(home, Map.of(), "models", "show", output).err())
        .isEqualTo(output + ": no model: it does not begin as one\n");
  }

  @ParameterizedTest
  @CsvSource({
    "incidents --state opne",
    "incidents inc-1 --state open",
    "approve rem-2",
    "approve --reason x",
    "pause --reason ''",
    "hosts --server nonsense",
    "hosts --server ftp://x",
    "hosts --colour red",
    "models show nothing.model",
    "models show host latest",
    "models train host --input only.csv",
    "models rollback host --class web"
  })
  void aBadLineIsBadInput(String line) {
    OperatorRun run = run(Role.ADMIN, line.replace("''", " ").split(" "));
    if (line.contains("--server")) {
      run = OperatorRun.of(home, Map.of(), line.split(" "));
    }

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isNotEmpty();
  }
}
