package io.fleetward.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Web;
import io.fleetward.agent.Collectors;
import io.fleetward.agent.collector.HostCollectors;
import io.fleetward.agent.collector.systemd.SystemdCollector;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent tells of this host what Debian's node_exporter tells of it at the same moment.
@Tag("debian")
class NodeExporterDifferenceTest {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus-node-exporter");
  private static final Path SYSTEMD = Path.of("/lib/systemd/systemd");
  private static final double LEAST_PRESENT = 0.95;

  /// What may be missing, and why.
  private static final Map<String, String> REASONS =
      Map.of(
          "node_textfile_scrape_error",
          "belongs to the textfile folder, which is a source of its own");

  /// Metrics whose type is another on purpose: this one only grows, as its name says.
  private static final Set<String> TYPED_OTHERWISE =
      Set.of("node_systemd_socket_refused_connections_total");

  @TempDir private static Path folder;

  private final SeriesTable table = new SeriesTable("here");
  private final List<String> failed = new ArrayList<>();

  @BeforeAll
  static void requireNodeExporter() {
    boolean isThere = Files.isExecutable(PROGRAM);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isThere)
          .as("%s; install Debian's package prometheus-node-exporter", PROGRAM)
          .isTrue();
    }
    assumeTrue(
        isThere, PROGRAM + " is missing; get it with: apt-get install prometheus-node-exporter");
  }

  @Test
  void tellsTheSameSeriesWithTheSameValues() throws Exception {
    URI uri = freeAddress();
    HostPaths here = new HostPaths(Path.of("/proc"), Path.of("/sys"), Path.of("/"));
    HostCollectors agent =
        new HostCollectors(Collectors.all(here, table, "boot", List.of()), table, this::failed);
    try (Launched exporter =
        Launched.command(
            folder, List.of(PROGRAM.toString(), "--web.listen-address=" + uri.getAuthority()))) {
      exporter.await("its page", () -> Web.answers(uri.resolve("/metrics")));
      agent.scrape(0);

      compare(uri, agent);
    }
  }

  /// A user's systemd with a bus, in mounts of its own, stands for the one that boots a host.
  @Test
  void tellsTheSameOfSystemd() throws Exception {
    assumeTrue(Files.isExecutable(SYSTEMD), "systemd is missing");
    Path runtime = Files.createDirectory(folder.resolve("run"));
    URI uri = freeAddress();
    try (Launched systemd =
        Launched.command(
            folder,
            List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                """
                mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system /run/user/0 /run/dbus &&
                ln -s "$0/bus" /run/dbus/system_bus_socket &&
                chmod 700 "$0" && unset DBUS_SESSION_BUS_ADDRESS &&
                XDG_RUNTIME_DIR="$0" HOME="$0" exec /lib/systemd/systemd --user
                """,
                runtime.toString()))) {
      assumeTrue(
          comesUp(systemd, runtime.resolve("bus")),
          () -> "systemd cannot be run here: " + systemd.output());
      Path root = Path.of("/proc/%d/root".formatted(systemd.pid()));
      HostPaths inside = new HostPaths(Path.of("/proc"), Path.of("/sys"), root);
      HostCollectors agent =
          new HostCollectors(List.of(new SystemdCollector(inside, table)), table, this::failed);
      try (Launched exporter =
          Launched.command(
              folder,
              List.of(
                  "nsenter",
                  "--mount",
                  "--target",
                  Long.toString(systemd.pid()),
                  PROGRAM.toString(),
                  "--collector.disable-defaults",
                  "--collector.systemd",
                  "--web.listen-address=" + uri.getAuthority()))) {
        exporter.await("its page", () -> Web.answers(uri.resolve("/metrics")));
        // the bus starts with the first who calls, and may take its time
        exporter.await("the agent's answer", () -> agent.scrape(0).size() > 2);
        failed.clear();

        compare(uri, agent);
      }
    }
  }

  private static boolean comesUp(Launched systemd, Path socket) throws InterruptedException {
    try {
      systemd.await("its bus", () -> Files.exists(socket));
      return true;
    } catch (AssertionError _) {
      // not as root, or in a container that may not mount
      return false;
    }
  }

  private void compare(URI uri, HostCollectors agent) throws IOException, InterruptedException {
    NodeExporterComparison comparison = new NodeExporterComparison(uri, agent);
    comparison.run();
    comparison
        .missing()
        .forEach(series ->
            System.out.printf(
                "missing %s: %s%n",
                series, REASONS.getOrDefault(series.metricName(), "no reason known")));

    int all = comparison.theirs().size();
    assertThat(all).isPositive();
    assertThat(failed).isEmpty();
    assertThat(comparison.differing()).isEmpty();
    assertThat(comparison.wronglyTyped())
        .allSatisfy((series, _) -> assertThat(TYPED_OTHERWISE).contains(series.metricName()));
    assertThat(comparison.missing()).allMatch(series -> REASONS.containsKey(series.metricName()));
    assertThat(1 - (double) comparison.missing().size() / all)
        .isGreaterThanOrEqualTo(LEAST_PRESENT);
  }

  private void failed(String collector, Exception cause) {
    failed.add(collector + ": " + cause);
  }

  private static URI freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
