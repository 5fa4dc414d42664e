package io.fleetward.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.acceptance.process.Ended;
import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Settings;
import io.fleetward.cli.machine.Installation.Program;
import io.fleetward.cli.machine.MachineFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service that is configured wrongly changes nothing and ends with what to mend.
class ServiceConfigurationTest {
  @TempDir private static Path folder;
  private static Settings good;

  @BeforeAll
  static void prepare() {
    good = Settings.ofService(MachineFiles.prepare(folder.resolve("data"), "host-1"));
  }

  @Test
  void aFileThatIsNotThere() throws InterruptedException {
    Path missing = folder.resolve("missing.properties");

    assertRefused(
        start(missing),
        "%s: cannot be read (NoSuchFileException: %s); name a readable properties file in UTF-8"
            .formatted(missing, missing));
  }

  @Test
  void everyWrongKeyAtOnce() throws InterruptedException {
    Path file =
        good.without("scoring.rules")
            .with("kafka.start-limit", "ten")
            .with("kafka.bootstrap-server", "localhost:9092")
            .writeTo(folder.resolve("keys.properties"));

    Ended ended = start(file);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.message().lines())
        .hasSize(3)
        .contains(
            file + ": scoring.rules is missing; set it there or as FLEETWARD_SCORING_RULES",
            file + ": kafka.start-limit is \"ten\"; write a duration like 10s, 5m or 1h30m")
        .anyMatch(line ->
            line.startsWith(file + ": unknown key \"kafka.bootstrap-server\"; known: api.listen,"));
  }

  @Test
  void aMalformedPolicy() throws IOException, InterruptedException {
    Path policy =
        write(
            "policies/wrong.yaml",
            """
            policies:
              - name: end-runaway-process
                on: '{alertname="HostProcessRunawayCpu"}'
                mode: aproove
                ladder:
                  - action: end-process
                    with: { pid: "1", start: "2", executable: /bin/true, uid: "0", boot_id: "${labels.boot_id}" }
                    timout: 20s
            """);

    assertRefused(
        startWith("control.policies", folder.resolve("policies")),
        policy
            + ":4:11: \"mode\" is \"aproove\"; write one of observe, suggest, approve, automatic",
        policy + ":8:9: unknown key \"timout\"; known here: action, timeout, with");
  }

  @Test
  void aMalformedRule() throws IOException, InterruptedException {
    Path rules =
        write(
            "rules/wrong.yaml",
            """
            groups:
              - name: wrong
                rules:
                  - alert: TooBusy
                    expr: rate(node_cpu_seconds_total[5m) > 1
            """);

    assertRefused(
        startWith("scoring.rules", folder.resolve("rules")),
        rules
            + ":5:15: group \"wrong\", rule \"TooBusy\": could not parse expression: 1:31: parse error:"
            + " unexpected \")\" in subquery or range selector, expected \"]\"",
        "    rate(node_cpu_seconds_total[5m) > 1",
        "                                  ^");
  }

  @Test
  void aMalformedModel() throws IOException, InterruptedException {
    Path model =
        write(
            "models/wrong.yaml",
            """
            models:
              - name: host
                score: fleetward_anomaly_score
                detector: k-medians
                anomalous_at: 0.98
            """);

    assertRefused(
        startWith("scoring.models", folder.resolve("models")),
        model + ":4:15: \"detector\" is \"k-medians\"; write one of k-means, ensemble",
        model + ":2:5: \"features\" has 0 entries; list 1 to 256, each with its series");
  }

  @Test
  void aKeyThatCannotSign() throws InterruptedException {
    Path publicKey = folder.resolve("data/trusted-keys/service.pem");

    assertRefused(
        startWith("control.signing-key", publicKey),
        publicKey
            + ": is no readable signing key (key \"service\" is no Ed25519 private key in PEM);"
            + " name a file with an Ed25519 private key in PEM as control.signing-key");
  }

  @Test
  void aMalformedTokensFile() throws IOException, InterruptedException {
    Path tokens =
        write(
            "tokens.yaml",
            """
            tokens:
              - name: jan
                person: jan
                roles: [chief]
                sha256: "00"
            """);

    assertRefused(
        startWith("api.tokens", tokens),
        tokens
            + ":2:5: role \"chief\" is unknown; write one of sender, viewer, operator, approver, admin",
        tokens + ":2:5: \"sha256\" must be 64 hexadecimal digits; make the token with:");
  }

  @Test
  void aCheckTellsEveryProblemOfEveryFile() throws IOException, InterruptedException {
    Path rules = write("many/rules/wrong.yaml", "groups:\n- name: g\n  rule: []\n");
    Path tokens = write("many/tokens.yaml", "tokens: 1\n");
    Path file =
        good.with("scoring.rules", folder.resolve("many/rules"))
            .with("control.policies", folder.resolve("many/none"))
            .with("control.signing-key", folder.resolve("many/no-key.pem"))
            .with("api.tokens", tokens)
            .writeTo(folder.resolve("check.properties"));
    try (Launched service =
        Launched.program(Program.SERVICE, folder, "--check", "--config", file.toString())) {
      Ended ended = service.awaitEnd();

      assertThat(ended.status()).as(ended.output()).isEqualTo(2);
      assertThat(ended.message())
          .contains(rules + ":3:3: unknown key \"rule\"")
          .contains(folder.resolve("many/none") + ": cannot be listed")
          .contains(folder.resolve("many/no-key.pem") + ": is no readable signing key")
          .contains(tokens + ":1:9: ");
    }
  }

  @Test
  void aCheckOfGoodFilesPrintsWhatIsInForce() throws InterruptedException {
    Path file = good.writeTo(folder.resolve("good.properties"));
    try (Launched service =
        Launched.program(Program.SERVICE, folder, "--check", "--config", file.toString())) {
      Ended ended = service.awaitEnd();

      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(ended.message()).contains("query.max-samples=50000000", "reload.watch=0s");
    }
  }

  @Test
  void aDatabaseBelowAFile() throws IOException, InterruptedException {
    Path below = write("file", "").resolve("database");

    Ended ended = startWith("control.database", below);

    assertThat(ended.status()).isEqualTo(4);
    assertThat(ended.message())
        .isEqualTo(
            "%s cannot be written (%s: Not a directory); free space on the disk, or give this user the right to write there\n"
                .formatted(below, below));
  }

  @Test
  void anUnknownArgument() throws InterruptedException {
    try (Launched service = Launched.program(Program.SERVICE, folder, "--confg")) {
      assertRefused(service.awaitEnd(), "unknown argument \"--confg\"; see --help");
    }
  }

  private static Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Ended startWith(String key, Path value) throws InterruptedException {
    return start(good.with(key, value).writeTo(folder.resolve(key + ".properties")));
  }

  private static Ended start(Path configuration) throws InterruptedException {
    try (Launched service =
        Launched.program(Program.SERVICE, folder, "--config", configuration.toString())) {
      return service.awaitEnd();
    }
  }

  private static void assertRefused(Ended ended, String... beginnings) {
    assertThat(ended.status()).as(ended.output()).isEqualTo(2);
    assertThat(ended.message().lines()).hasSameSizeAs(beginnings);
    for (String beginning : beginnings) {
      assertThat(ended.message().lines()).anyMatch(line -> line.startsWith(beginning));
    }
  }
}
