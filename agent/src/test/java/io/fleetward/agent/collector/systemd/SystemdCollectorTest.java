package io.fleetward.agent.collector.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.agent.collector.HostTree;
import io.fleetward.agent.dbus.FakeSystemd;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.StaleMarker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SystemdCollectorTest {
  private static final String MANAGER = "/org/freedesktop/systemd1";

  @TempDir Path folder;
  private final SeriesTable table = new SeriesTable("web-1");
  private HostPaths paths = new HostPaths(Path.of("/"), Path.of("/"), Path.of("/"));
  private SystemdCollector collector = new SystemdCollector(paths, table);
  private FakeSystemd systemd;

  @BeforeEach
  void boot() throws IOException {
    paths = HostTree.unpack(List.of(), folder);
    Files.createDirectories(paths.root("run/systemd/system"));
    Files.createDirectories(paths.root("run/dbus"));
    collector = new SystemdCollector(paths, table);
    systemd = FakeSystemd.listen(paths.root("run/dbus/system_bus_socket"));
    systemd.property(MANAGER, "Version", "252.36-1~deb12u1");
    systemd.property(MANAGER, "SystemState", "degraded");
    service("nginx.service", "active", "notify", 2);
    systemd.unit("ssh.socket", "loaded", "active");
    systemd.property(FakeSystemd.pathOf("ssh.socket"), "NAccepted", 7);
    systemd.property(FakeSystemd.pathOf("ssh.socket"), "NConnections", 1);
    systemd.property(FakeSystemd.pathOf("ssh.socket"), "NRefused", 0);
    systemd.unit("apt.timer", "loaded", "active");
    systemd.property(FakeSystemd.pathOf("apt.timer"), "LastTriggerUSec", 1_700_000_000_500_000L);
    systemd.unit("home.mount", "loaded", "failed");
    systemd.unit("missing.service", "not-found", "inactive");
  }

  @AfterEach
  void shutDown() throws IOException {
    systemd.close();
  }

  private void service(String name, String state, String type, int restarts) {
    systemd.unit(name, "loaded", state);
    systemd.property(FakeSystemd.pathOf(name), "Type", type);
    systemd.property(FakeSystemd.pathOf(name), "NRestarts", restarts);
  }

  @Test
  void tellsUnitsAndWhatTheirKindsTell() throws IOException {
    assertThat(told(scrape()))
        .isEqualTo(
            """
            node_systemd_service_restart_total{instance="web-1", name="nginx.service"} 2.0
            node_systemd_socket_accepted_connections_total{instance="web-1", name="ssh.socket"} 7.0
            node_systemd_socket_current_connections{instance="web-1", name="ssh.socket"} 1.0
            node_systemd_socket_refused_connections_total{instance="web-1", name="ssh.socket"} 0.0
            node_systemd_system_running{instance="web-1"} 0.0
            node_systemd_timer_last_trigger_seconds{instance="web-1", name="apt.timer"} 1.7000000005E9
            node_systemd_unit_state{instance="web-1", name="apt.timer", state="activating"} 0.0
            node_systemd_unit_state{instance="web-1", name="apt.timer", state="active"} 1.0
            node_systemd_unit_state{instance="web-1", name="apt.timer", state="deactivating"} 0.0
            node_systemd_unit_state{instance="web-1", name="apt.timer", state="failed"} 0.0
            node_systemd_unit_state{instance="web-1", name="apt.timer", state="inactive"} 0.0
            node_systemd_unit_state{instance="web-1", name="nginx.service", state="activating", type="notify"} 0.0
            node_systemd_unit_state{instance="web-1", name="nginx.service", state="active", type="notify"} 1.0
            node_systemd_unit_state{instance="web-1", name="nginx.service", state="deactivating", type="notify"} 0.0
            node_systemd_unit_state{instance="web-1", name="nginx.service", state="failed", type="notify"} 0.0
            node_systemd_unit_state{instance="web-1", name="nginx.service", state="inactive", type="notify"} 0.0
            node_systemd_unit_state{instance="web-1", name="ssh.socket", state="activating"} 0.0
            node_systemd_unit_state{instance="web-1", name="ssh.socket", state="active"} 1.0
            node_systemd_unit_state{instance="web-1", name="ssh.socket", state="deactivating"} 0.0
            node_systemd_unit_state{instance="web-1", name="ssh.socket", state="failed"} 0.0
            node_systemd_unit_state{instance="web-1", name="ssh.socket", state="inactive"} 0.0
            node_systemd_units{instance="web-1", state="activating"} 0.0
            node_systemd_units{instance="web-1", state="active"} 3.0
            node_systemd_units{instance="web-1", state="deactivating"} 0.0
            node_systemd_units{instance="web-1", state="failed"} 1.0
            node_systemd_units{instance="web-1", state="inactive"} 1.0
            node_systemd_version{instance="web-1", version="252.36-1~deb12u1"} 252.36
            """);
  }

  @Test
  void tellsNothingOnAHostThatSystemdDidNotBoot() throws IOException {
    Files.delete(paths.root("run/systemd/system"));

    assertThat(scrape().size()).isZero();
  }

  @Test
  void tellsNothingWhereTheBusHasNoSystemd() throws IOException {
    systemd.failWith("org.freedesktop.DBus.Error.ServiceUnknown");

    assertThat(scrape().size()).isZero();
    systemd.failWith("");
    assertThat(told(scrape())).contains("node_systemd_version");
  }

  @Test
  void asksSystemdItselfWhereThereIsNoBus() throws IOException {
    systemd.close();
    Files.delete(paths.root("run/dbus/system_bus_socket"));
    try (FakeSystemd direct = FakeSystemd.listen(paths.root("run/systemd/private"))) {
      direct.property(MANAGER, "Version", "255");
      direct.property(MANAGER, "SystemState", "running");

      assertThat(told(scrape()))
          .contains("node_systemd_version{instance=\"web-1\", version=\"255\"} 255.0")
          .contains("node_systemd_system_running{instance=\"web-1\"} 1.0");
    }
  }

  @Test
  void asksForRestartsOnlyWhenAServiceHasChanged() throws IOException {
    scrape();
    int afterFirst = systemd.asked();
    scrape();
    // of the manager 1, of the socket 3, of the timer 1
    assertThat(systemd.asked() - afterFirst).isEqualTo(5);

    service("nginx.service", "active", "notify", 3);
    systemd.signal(FakeSystemd.pathOf("nginx.service"));

    assertThat(told(scrape()))
        .contains("restart_total{instance=\"web-1\", name=\"nginx.service\"} 3");
  }

  @Test
  void aUnitThatIsGoneEnds() throws IOException {
    scrape();
    systemd.remove("nginx.service");
    service("other.service", "failed", "simple", 0);

    assertThat(told(scrape()))
        .doesNotContain("nginx")
        .contains(
            "name=\"other.service\", state=\"failed\", type=\"simple\"} 1.0",
            "name=\"other.service\", state=\"active\", type=\"simple\"} 0.0");
  }

  @Test
  void whatWasKnownIsToldWhileSystemdIsBusy() throws IOException {
    String before = told(scrape());
    systemd.beSilent(true);

    assertThat(told(scrape())).isEqualTo(before);
    assertThat(told(scrape())).as("still waiting for the same answers").isEqualTo(before);
  }

  @Test
  void connectsAgainAfterTheBusHungUp() throws IOException {
    String before = told(scrape());
    systemd.hangUp();

    assertThatThrownBy(this::scrape).isInstanceOf(IOException.class);
    assertThat(told(table.take(1))).as("what was known is told all the same").isEqualTo(before);
    assertThat(told(scrape())).isEqualTo(before);
  }

  @Test
  void failsWhereTheBusDoesNotLetUsIn() {
    systemd.authenticateWith("REJECTED EXTERNAL");

    assertThatThrownBy(this::scrape)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not let us in: REJECTED EXTERNAL");
  }

  @Test
  void failsWhereSystemdMayNotBeAsked() {
    systemd.failWith("org.freedesktop.DBus.Error.AccessDenied");

    assertThatThrownBy(this::scrape).hasMessageContaining("AccessDenied");
  }

  private Scrape scrape() throws IOException {
    collector.collect();
    return table.take(0);
  }

  private static String told(Scrape scrape) {
    return IntStream.range(0, scrape.size())
        .filter(i -> !StaleMarker.is(scrape.value(i)))
        .boxed()
        .collect(
            Collectors.toMap(
                i -> scrape.layout().series().get(i).toString(),
                scrape::value,
                (a, _) -> a,
                TreeMap::new))
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
