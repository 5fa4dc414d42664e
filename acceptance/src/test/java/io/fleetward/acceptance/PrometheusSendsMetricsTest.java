package io.fleetward.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetward.acceptance.process.Launched;
import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.Machine;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.access.Role;
import io.fleetward.service.access.Tokens;
import io.fleetward.service.access.Tokens.NewToken;
import io.fleetward.service.access.TokensFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fleet that runs Debian's Prometheus is scored without an agent of ours.
@Tag("debian")
class PrometheusSendsMetricsTest {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");

  @TempDir private Path folder;

  @BeforeAll
  static void requirePrometheus() {
    boolean isThere = Files.isExecutable(PROGRAM);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isThere).as("%s; install Debian's package prometheus", PROGRAM).isTrue();
    }
    assumeTrue(isThere, PROGRAM + " is missing; get it with: apt-get install prometheus");
  }

  @Test
  void whatPrometheusWritesIsScoredHostByHost() throws Exception {
    MachineFiles files = MachineFiles.prepare(folder, "host-1");
    NewToken sender = Tokens.create("prometheus", Set.of(Role.SENDER));
    TokensFile.add(files.tokens(), sender.entry());
    Path installed = Path.of("..").toAbsolutePath().normalize();
    try (Machine machine =
        new Machine(
            new Installation(installed, null), files, MachinePorts.free(), Duration.ofSeconds(1))) {
      machine.startBroker();
      machine.startService();
      String itself = "127.0.0.1:" + freePort();
      try (Launched prometheus = prometheus(itself, machine, sender.secret())) {
        prometheus.await("two hosts scored", () -> scored(machine, 2));
        prometheus.await("rules across hosts evaluated", () -> ticked(machine));

        assertThat(instances(machine)).containsExactlyInAnyOrder(itself, "twin");
        assertThat(MetricsPage.of(machine.serviceUri()))
            .doesNotContainPattern("fleetward_scoring_records_rejected_total.*} [1-9]");
      }
    }
  }

  /// Prometheus scrapes itself under two names.
  private Launched prometheus(String itself, Machine machine, String token) throws Exception {
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: itself
                static_configs: [{targets: ["%1$s"]}]
              - job_name: twin
                static_configs: [{targets: ["%1$s"], labels: {instance: twin}}]
            remote_write:
              - url: %2$s
                authorization: {credentials: "%3$s"}
            """
                .formatted(itself, machine.serviceUri().resolve("/api/v1/write"), token));
    return Launched.command(
        folder,
        List.of(
            PROGRAM.toString(),
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=" + itself));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean scored(Machine machine, int hosts) {
    return MetricsPage.of(machine.serviceUri())
        .lines()
        .anyMatch(line ->
            line.startsWith("fleetward_scoring_hosts{") && line.endsWith(" %d.0".formatted(hosts)));
  }

  /// Whether the pack's rules about silent hosts were evaluated, through both stages.
  private static boolean ticked(Machine machine) {
    return MetricsPage.of(machine.serviceUri())
        .lines()
        .anyMatch(line ->
            line.startsWith("fleetward_scoring_component_ticks_total ") && !line.endsWith(" 0.0"));
  }

  private static Set<String> instances(Machine machine) {
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(DecodeLimits.DEFAULT);
    List<ConsumerRecord<String, byte[]>> records =
        TopicReader.readAll(machine.brokerAddress(), Topics.METRICS);
    assertThat(records)
        .allSatisfy(record ->
            assertThat(decoder.decode(record.value(), Version.V2))
                .isInstanceOfSatisfying(
                    Decoded.Accepted.class,
                    accepted ->
                        assertThat(accepted.request().series())
                            .allMatch(
                                series -> series.labels().value("instance").equals(record.key()))));
    return records.stream().map(ConsumerRecord::key).collect(Collectors.toSet());
  }
}
