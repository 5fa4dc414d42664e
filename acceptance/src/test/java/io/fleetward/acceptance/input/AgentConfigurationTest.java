package io.fleetward.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.acceptance.process.Ended;
import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Settings;
import io.fleetward.cli.machine.Installation.Program;
import io.fleetward.cli.machine.MachineFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent that is configured wrongly ends with what to mend.
class AgentConfigurationTest {
  @TempDir private static Path folder;
  private static Settings good;

  @BeforeAll
  static void prepare() {
    good = Settings.ofAgent(MachineFiles.prepare(folder.resolve("data"), "host-1"));
  }

  @Test
  void aFileThatIsNotThere() throws InterruptedException {
    Path missing = folder.resolve("missing.properties");

    assertEnded(
        start(missing),
        2,
        "%s: cannot be read (NoSuchFileException: %s); name a readable properties file in UTF-8"
            .formatted(missing, missing));
  }

  @Test
  void everyWrongKeyAtOnce() throws InterruptedException {
    Path file =
        good.without("kafka.bootstrap-servers")
            .with("agent.scrape-interval", "0s")
            .with("agent.lables", "zone=a")
            .writeTo(folder.resolve("keys.properties"));

    assertEnded(
        start(file),
        2,
        file
            + ": kafka.bootstrap-servers is missing; set it there or as"
            + " FLEETWARD_KAFKA_BOOTSTRAP_SERVERS",
        file + ": agent.scrape-interval is \"0s\"; write 200ms or more",
        file + ": unknown key \"agent.lables\"; known: agent.actions,");
  }

  @Test
  void aPortInUse() throws IOException, InterruptedException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + other.getLocalPort();

      assertEnded(
          startWith("agent.listen", address),
          4,
          "cannot listen on %s (Address already in use); set agent.listen to a free address, port 0 takes any"
              .formatted(address));
    }
  }

  @Test
  void aStateFolderBelowAFile() throws IOException, InterruptedException {
    Path below = write("file", "").resolve("state");

    assertEnded(startWith("agent.state", below), 4, "cannot use the folder %s (".formatted(below));
  }

  @Test
  void aMalformedAllowList() throws IOException, InterruptedException {
    Path file =
        write(
            "allow-list/restart.yaml",
            """
            action: restart-unit
            run: systemctl restart
            timeout: soon
            """);

    assertEnded(
        startWith("agent.actions", folder.resolve("allow-list")),
        2,
        file + ":3:10: ",
        file + ":2:6: \"run\" must be a list, not a single value",
        file + ":1:1: \"run\" is missing or empty; list the program and its arguments");
  }

  @Test
  void aHostKeyThatCannotSign() throws IOException, InterruptedException {
    Path key = write("host.key", "no key\n");

    assertEnded(
        startWith("agent.host-key", key),
        2,
        key
            + ": key \"host-1\" is no Ed25519 private key in PEM; put an Ed25519 private key in PEM"
            + " there, readable by the agent");
  }

  private static Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Ended startWith(String key, Object value) throws InterruptedException {
    return start(good.with(key, value).writeTo(folder.resolve(key + ".properties")));
  }

  private static Ended start(Path configuration) throws InterruptedException {
    try (Launched agent =
        Launched.program(Program.AGENT, folder, "--config", configuration.toString())) {
      return agent.awaitEnd();
    }
  }

  private static void assertEnded(Ended ended, int status, String... beginnings) {
    assertThat(ended.status()).as(ended.output()).isEqualTo(status);
    assertThat(ended.message().lines()).hasSameSizeAs(beginnings);
    for (String beginning : beginnings) {
      assertThat(ended.message().lines()).anyMatch(line -> line.startsWith(beginning));
    }
  }
}
