package io.fleetward.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.agent.linux.HostPaths;
import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.protocol.labels.Labels;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSettingsTest {
  @TempDir Path folder;

  @Test
  void hasDefaults() {
    AgentSettings settings =
        AgentSettings.load(
            Optional.empty(),
            Map.of("FLEETWARD_KAFKA_BOOTSTRAP_SERVERS", "a:1", "FLEETWARD_AGENT_INSTANCE", "web"));

    assertThat(settings)
        .isEqualTo(
            new AgentSettings(
                new ShippingSettings("a:1", Map.of(), 64, Duration.ofSeconds(5)),
                Duration.ofSeconds(10),
                new ListenAddress("127.0.0.1", 7481),
                Labels.EMPTY,
                new HostPaths(Path.of("/proc"), Path.of("/sys"), Path.of("/")),
                List.of(),
                List.of(),
                "",
                Path.of("/etc/fleetward/scrape.key"),
                new ActionSettings(
                    "web",
                    Path.of("/var/lib/fleetward-agent"),
                    Path.of("/etc/fleetward/trusted-keys"),
                    Path.of("/etc/fleetward/host.key"),
                    Path.of("/etc/fleetward/actions"),
                    Path.of("/etc/fleetward/stop"),
                    Path.of("/proc"),
                    ""),
                settings.effective()));
  }

  @Test
  void takesEveryKeyFromTheFile() throws IOException {
    Path file = folder.resolve("agent.properties");
    Files.writeString(
        file,
        """
        kafka.bootstrap-servers=a:1,b:2
        kafka.client.security.protocol=SSL
        agent.spool-megabytes=8
        agent.spool-sync=0s
        agent.instance=db-1
        agent.scrape-interval=1s
        agent.listen=0.0.0.0:0
        agent.labels=cluster=a, zone=b
        agent.state=/s
        agent.trusted-keys=/t
        agent.host-key=/k
        agent.scrape-key=/q
        agent.actions=/a
        agent.stop-file=/x
        agent.runner-socket=/run/act
        agent.procfs=/p
        agent.sysfs=/y
        agent.certificates=/c/a.pem, /c/b.pem
        agent.rootfs=/r
        agent.textfile-directory=/textfiles
        scrape.db.url=https://127.0.0.1:9187/metrics
        scrape.db.interval=30s
        scrape.db.timeout=5s
        scrape.db.labels=shard=3
        scrape.db.honour-labels=true
        scrape.db.series-limit=100
        scrape.db.ca=/etc/passwd
        scrape.db.bearer-token-file=/etc/hostname
        scrape.web.url=http://localhost:80/m
        """);

    AgentSettings settings = AgentSettings.load(Optional.of(file), Map.of());

    assertThat(settings)
        .isEqualTo(
            new AgentSettings(
                new ShippingSettings(
                    "a:1,b:2", Map.of("security.protocol", "SSL"), 8, Duration.ZERO),
                Duration.ofSeconds(1),
                new ListenAddress("0.0.0.0", 0),
                Labels.of("cluster", "a", "zone", "b"),
                new HostPaths(Path.of("/p"), Path.of("/y"), Path.of("/r")),
                List.of(Path.of("/c/a.pem"), Path.of("/c/b.pem")),
                List.of(
                    new ExporterSettings(
                        "db",
                        URI.create("https://127.0.0.1:9187/metrics"),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Labels.of("shard", "3"),
                        true,
                        100,
                        "/etc/passwd",
                        "/etc/hostname"),
                    new ExporterSettings(
                        "web",
                        URI.create("http://localhost:80/m"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Labels.EMPTY,
                        false,
                        2_000,
                        "",
                        "")),
                "/textfiles",
                Path.of("/q"),
                new ActionSettings(
                    "db-1",
                    Path.of("/s"),
                    Path.of("/t"),
                    Path.of("/k"),
                    Path.of("/a"),
                    Path.of("/x"),
                    Path.of("/p"),
                    "/run/act"),
                settings.effective()));
  }

  @Test
  void tellsEveryProblemAtOnce() throws IOException {
    Path file = folder.resolve("agent.properties");
    Files.writeString(
        file,
        """
        kafka.bootstrap-servers=a
        agent.scrape-interval=1ms
        agent.listen=here
        agent.labels=cluster
        agent.colour=red
        scrape.a.url=ftp://x/
        scrape.a.timeout=1h
        scrape.a.ca=/nowhere/ca.pem
        scrape.b.interval=5s
        scrape.b.labels=instance=x
        scrape.b.color=red
        """);

    assertThatThrownBy(() -> AgentSettings.load(Optional.of(file), Map.of()))
        .hasMessageContaining("kafka.bootstrap-servers has \"a\"; write host:port")
        .hasMessageContaining("agent.scrape-interval is \"1ms\"; write 200ms or more")
        .hasMessageContaining("agent.listen is \"here\"")
        .hasMessageContaining("agent.labels has \"cluster\"; write name=value")
        .hasMessageContaining("scrape.a.url is \"ftp://x/\"; write an address such as http")
        .hasMessageContaining("scrape.a.timeout is \"1h\"; write at most its interval")
        .hasMessageContaining("scrape.a.ca names /nowhere/ca.pem, which cannot be read")
        .hasMessageContaining("scrape.b.url is missing")
        .hasMessageContaining("scrape.b.labels has \"instance=x\"; write name=value")
        .hasMessageContaining("unknown key \"scrape.b.color\"")
        .hasMessageContaining("unknown key \"agent.colour\"");
  }
}
