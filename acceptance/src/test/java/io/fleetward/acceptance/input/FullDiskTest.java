package io.fleetward.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetward.acceptance.process.Ended;
import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Settings;
import io.fleetward.acceptance.process.Web;
import io.fleetward.acceptance.process.Web.Answer;
import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.Installation.Program;
import io.fleetward.cli.machine.Machine;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.cli.machine.MachineTokens;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data folders on a disk without space: a small file system of the process' own, which needs no
/// root where the kernel lets users have name spaces.
class FullDiskTest {
  @TempDir private static Path folder;
  private static Path disk;

  @BeforeAll
  static void requireNameSpaces() throws IOException, InterruptedException {
    disk = Files.createDirectory(folder.resolve("disk"));
    try (Launched probe = Launched.command(folder, onDiskOf("4m", List.of("true")))) {
      Ended ended = probe.awaitEnd();
      assumeTrue(
          ended.status() == 0,
          () -> "no disk can be filled here, because users may not mount: " + ended.output());
    }
  }

  @Test
  void standaloneAsksForMoreSpace() throws InterruptedException {
    try (Launched command =
        Launched.command(
            folder, onDiskOf("64m", Launched.fleetwardCommand("standalone", "--data=" + disk)))) {
      Ended ended = command.awaitEnd();

      assertThat(ended.status()).as(ended.output()).isEqualTo(2);
      assertThat(ended.message())
          .isEqualTo(
              "only 64 MB are free for the data folder %s; free some space or choose another folder (256 MB are needed)\n"
                  .formatted(disk));
    }
  }

  @Test
  void theServiceDoesNotStart() throws InterruptedException {
    MachineFiles files = MachineFiles.prepare(folder.resolve("data"), "host-1");
    Path database = disk.resolve("database");
    Path configuration =
        Settings.ofService(files)
            .with("control.database", database)
            .writeTo(folder.resolve("start.properties"));
    try (Launched service = Launched.command(folder, onDiskOf("16k", serviceOf(configuration)))) {
      Ended ended = service.awaitEnd();

      assertThat(ended.status()).as(ended.output()).isEqualTo(4);
      assertThat(ended.message())
          .isEqualTo(
              "%s cannot be written (No space left on device); free space on the disk, or give this user the right to write there\n"
                  .formatted(database));
    }
  }

  @Test
  void theServiceRefusesWhatItCannotKeepAndMendsItself() throws IOException, InterruptedException {
    MachineFiles files = MachineFiles.prepare(folder.resolve("data"), "host-1");
    String token = MachineTokens.prepare(files).approver();
    MachinePorts ports = MachinePorts.free();
    try (Machine machine =
        new Machine(Installation.current(), files, ports, Duration.ofSeconds(1))) {
      machine.startBroker();
      Path configuration =
          Settings.ofService(files)
              .with("kafka.bootstrap-servers", machine.brokerAddress())
              .with("kafka.start-limit", "30s")
              .with("api.listen", "127.0.0.1:" + ports.api())
              .with("control.database", disk.resolve("database"))
              .writeTo(folder.resolve("run.properties"));
      try (Launched service = Launched.command(folder, onDiskOf("4m", serviceOf(configuration)))) {
        URI ready = machine.serviceUri().resolve("/health/ready");
        URI pauses = machine.serviceUri().resolve("/api/v1/pauses");
        service.await("the service is ready", () -> Web.answers(ready));
        assertThat(pause(pauses, token, "kept").status()).isEqualTo(201);
        Path filler =
            Path.of("/proc", Long.toString(service.pid()), "root").resolve(inRoot("filler"));
        fill(filler);

        Answer refused = pause(pauses, token, "refused");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(service.output()).contains("No space left on device");
        Files.delete(filler);
        service.await("the service is ready again", () -> Web.answers(ready));
        assertThat(pause(pauses, token, "afterwards").status()).isEqualTo(201);
        assertThat(Web.get(pauses, token).body())
            .contains("\"kept\"", "\"afterwards\"")
            .doesNotContain("\"refused\"");
        assertThat(service.terminate().status()).isZero();
        assertThat(service.output()).doesNotContain("\tat ");
      }
    }
  }

  private static Answer pause(URI pauses, String token, String reason) throws InterruptedException {
    return Web.post(pauses, token, "{\"reason\": \"%s\"}".formatted(reason));
  }

  private static String inRoot(String name) {
    return disk.resolve(name).toString().substring(1);
  }

  private static void fill(Path file) {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }

  private static List<String> serviceOf(Path configuration) {
    return Installation.current()
        .command(Program.SERVICE, List.of("--config", configuration.toString()));
  }

  /// A command with a file system of a size of its own at [#disk], which nobody else sees.
  private static List<String> onDiskOf(String size, List<String> command) {
    List<String> words =
        new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount"));
    words.addAll(
        List.of(
            "sh",
            "-c",
            "mount -t tmpfs -o size=%s tmpfs '%s' && exec \"$@\"".formatted(size, disk),
            "sh"));
    words.addAll(command);
    return words;
  }
}
