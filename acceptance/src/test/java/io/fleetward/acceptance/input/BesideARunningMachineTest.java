package io.fleetward.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.acceptance.process.Ended;
import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Settings;
import io.fleetward.acceptance.process.Web;
import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.Installation.Program;
import io.fleetward.cli.machine.Machine;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.cli.machine.MachineTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people get wrong beside a broker and a service that run, which go on unharmed.
class BesideARunningMachineTest {
  @TempDir private static Path folder;
  private static MachineFiles files;
  private static MachineTokens tokens;
  private static MachinePorts ports;
  private static Machine machine;

  @BeforeAll
  static void start() throws InterruptedException {
    files = MachineFiles.prepare(folder.resolve("data"), "host-1");
    tokens = MachineTokens.prepare(files);
    ports = MachinePorts.free();
    machine = new Machine(Installation.current(), files, ports, Duration.ofSeconds(1));
    machine.startBroker();
    machine.startService();
  }

  @AfterAll
  static void stop() {
    machine.close();
  }

  @AfterEach
  void requireUnharmed() {
    machine.requireAlive();
    assertThat(Web.answers(machine.serviceUri().resolve("/health/ready"))).isTrue();
  }

  @Test
  void theAddressOfTheApiIsTaken() throws InterruptedException {
    Ended ended = service(settings().with("api.listen", "127.0.0.1:" + ports.api()));

    assertThat(ended.status()).as(ended.output()).isEqualTo(4);
    assertThat(ended.message())
        .isEqualTo(
            "port %d on 127.0.0.1 is in use by another process; stop that process, or set api.listen (FLEETWARD_API_LISTEN) to another port\n"
                .formatted(ports.api()));
  }

  @Test
  void theDatabaseIsTaken() throws InterruptedException {
    Path database = files.folder().resolve("service/database");
    Ended ended = service(settings().with("control.database", database));

    assertThat(ended.status()).as(ended.output()).isEqualTo(4);
    assertThat(ended.message())
        .isEqualTo(
            "%s: another process has this database open; stop that service, or give this one a control.database folder of its own\n"
                .formatted(database));
  }

  @Test
  void standaloneOnThePortOfAnother() throws InterruptedException {
    Ended ended = standalone(folder.resolve("second"), ports);

    assertThat(ended.status()).as(ended.output()).isEqualTo(2);
    assertThat(ended.message())
        .isEqualTo(
            "port %d, for the broker, is in use (Address already in use); end what listens there or choose another with --broker-port\n"
                .formatted(ports.broker()));
  }

  @Test
  void standaloneOnThePortThatIsNone() throws InterruptedException {
    Ended ended = standalone(folder.resolve("second"), new MachinePorts(1, 2, 74_800, 3));

    assertThat(ended.status()).as(ended.output()).isEqualTo(2);
    assertThat(ended.message()).contains("--service-port is 74800; write a port from 1 to 65535");
  }

  @Test
  void standaloneOnTheDataOfAnother() throws InterruptedException {
    Ended ended = standalone(files.folder(), MachinePorts.free());

    assertThat(ended.status()).as(ended.output()).isEqualTo(2);
    assertThat(ended.message())
        .endsWith(
            "the broker cannot use the folder %s: another broker uses it, which has to end first; make it writable, free space there, or choose another folder\n"
                .formatted(files.folder().resolve("broker")));
  }

  @Test
  void standaloneWithItsDataBelowAFile() throws IOException, InterruptedException {
    Path below = Files.createFile(folder.resolve("file")).resolve("data");
    Ended ended = standalone(below, MachinePorts.free());

    assertThat(ended.status()).as(ended.output()).isEqualTo(2);
    assertThat(ended.message())
        .isEqualTo(
            "the data folder %s cannot be used: %s: Not a directory; make it writable or choose another\n"
                .formatted(below, below));
  }

  @Test
  void aServiceThatIsNotThere() throws InterruptedException {
    try (Launched command =
        Launched.fleetward(
            folder,
            "incidents",
            "--server",
            "http://127.0.0.1:1",
            "--token-file",
            tokens.approverFile().toString())) {
      Ended ended = command.awaitEnd();

      assertThat(ended.status()).as(ended.output()).isEqualTo(4);
      assertThat(ended.message())
          .isEqualTo(
              "cannot reach the service at http://127.0.0.1:1 (ConnectException); check that it runs and that --server names its address\n");
    }
  }

  private static Settings settings() {
    return Settings.ofService(files).with("kafka.bootstrap-servers", machine.brokerAddress());
  }

  private static Ended service(Settings settings) throws InterruptedException {
    Path file = settings.writeTo(folder.resolve("other.properties"));
    try (Launched service =
        Launched.program(Program.SERVICE, folder, "--config", file.toString())) {
      return service.awaitEnd();
    }
  }

  private static Ended standalone(Path data, MachinePorts ports) throws InterruptedException {
    try (Launched command =
        Launched.fleetward(
            folder,
            "standalone",
            "--data=" + data,
            "--broker-port=" + ports.broker(),
            "--controller-port=" + ports.controller(),
            "--service-port=" + ports.api(),
            "--agent-port=" + ports.agent())) {
      return command.awaitEnd();
    }
  }
}
