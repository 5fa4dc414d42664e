package io.fleetward.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Web;
import io.fleetward.agent.Collectors;
import io.fleetward.agent.collector.HostCollectors;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.MetricType;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.Scrape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent tells of this host what Debian's node_exporter tells of it at the same moment.
@Tag("debian")
class NodeExporterDifferenceTest {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus-node-exporter");
  private static final double LEAST_PRESENT = 0.95;

  /// Two readings are never of one instant: what moves has to meet once in so many tries.
  private static final int MOST_ROUNDS = 60;

  /// What the exporter tells about itself, not about the host.
  private static final Pattern ABOUT_ITSELF =
      Pattern.compile("(go|process|promhttp|node_exporter|node_scrape_collector)_.*");

  /// What may be missing, and why.
  private static final Map<String, String> REASONS =
      Map.of(
          "node_textfile_scrape_error",
          "belongs to the textfile folder, which is a source of its own");

  @TempDir private static Path folder;

  private final SeriesTable table = new SeriesTable("here");
  private final List<String> failed = new ArrayList<>();
  private final HostCollectors agent =
      new HostCollectors(
          Collectors.all(
              new HostPaths(Path.of("/proc"), Path.of("/sys"), Path.of("/")), table, "boot"),
          table,
          (collector, cause) -> failed.add(collector + ": " + cause));

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
    URI uri = URI.create("http://127.0.0.1:" + freePort());
    try (Launched exporter =
        Launched.command(
            folder, List.of(PROGRAM.toString(), "--web.listen-address=" + uri.getAuthority()))) {
      exporter.await("its page", () -> Web.answers(uri.resolve("/metrics")));
      agent.scrape(0);

      compare(uri);
    }
  }

  /// One connection stays open, so that both count the same sockets.
  private void compare(URI uri) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      compare(http, uri);
    }
  }

  private void compare(HttpClient http, URI uri) throws IOException, InterruptedException {
    Map<Labels, String> differing = new TreeMap<>();
    Set<Labels> agreed = new TreeSet<>();
    Set<Labels> theirs = new TreeSet<>();
    Map<Labels, Double> ours = Map.of();
    Map<String, String> types = new TreeMap<>();
    for (int round = 0; round == 0 || (round < MOST_ROUNDS && !differing.isEmpty()); round++) {
      ExpositionPage before = page(http, uri);
      ours = samples(agent.scrape(System.currentTimeMillis()));
      ExpositionPage after = page(http, uri);
      types.putAll(before.types());
      theirs.addAll(before.samples().keySet());
      theirs.retainAll(after.samples().keySet());
      judge(before, ours, after, agreed, differing);
    }
    report(theirs, ours.keySet(), differing);
    Set<Labels> missing = new TreeSet<>(theirs);
    missing.removeAll(ours.keySet());

    assertThat(failed).isEmpty();
    assertThat(differing).isEmpty();
    assertThat(wrongTypes(theirs, types)).isEmpty();
    assertThat(missing).allMatch(series -> REASONS.containsKey(series.metricName()));
    assertThat(1 - (double) missing.size() / theirs.size()).isGreaterThanOrEqualTo(LEAST_PRESENT);
  }

  private static void judge(
      ExpositionPage before,
      Map<Labels, Double> ours,
      ExpositionPage after,
      Set<Labels> agreed,
      Map<Labels, String> differing) {
    ours.forEach((series, value) -> {
      Double earlier = before.samples().get(series);
      Double later = after.samples().get(series);
      if (earlier == null || later == null || agreed.contains(series)) {
        return;
      }
      double slack = 1e-9 * Math.abs(value);
      if (value >= Math.min(earlier, later) - slack && value <= Math.max(earlier, later) + slack) {
        agreed.add(series);
        differing.remove(series);
      } else {
        differing.put(series, "%s, %s, %s".formatted(earlier, value, later));
      }
    });
  }

  private static Map<Labels, String> wrongTypes(Set<Labels> series, Map<String, String> types) {
    Map<Labels, String> wrong = new TreeMap<>();
    for (Labels labels : series) {
      String theirs = types.getOrDefault(labels.metricName(), "untyped");
      String ours = MetricType.of(labels.metricName()).text();
      if (!ours.equals(theirs)) {
        wrong.put(labels, "%s, theirs is %s".formatted(ours, theirs));
      }
    }
    return wrong;
  }

  private static void report(Set<Labels> theirs, Set<Labels> ours, Map<Labels, String> differing) {
    long missing = theirs.stream().filter(series -> !ours.contains(series)).count();
    System.out.printf(
        "node_exporter tells %d series of this host; present %d, missing %d, differing %d;"
            + " the agent tells %d%n",
        theirs.size(), theirs.size() - missing, missing, differing.size(), ours.size());
    theirs.stream()
        .filter(series -> !ours.contains(series))
        .forEach(series ->
            System.out.printf(
                "missing %s: %s%n",
                series, REASONS.getOrDefault(series.metricName(), "no reason known")));
    differing.forEach((series, values) -> System.out.printf("differs %s: %s%n", series, values));
  }

  private static ExpositionPage page(HttpClient http, URI uri)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri.resolve("/metrics")).build();
    ExpositionPage page =
        ExpositionPage.parse(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    Map<Labels, Double> ofHost = new HashMap<>(page.samples());
    ofHost.keySet().removeIf(series -> ABOUT_ITSELF.matcher(series.metricName()).matches());
    return new ExpositionPage(page.types(), ofHost);
  }

  private static Map<Labels, Double> samples(Scrape scrape) {
    Map<Labels, Double> samples = new HashMap<>();
    for (int i = 0; i < scrape.size(); i++) {
      samples.put(scrape.layout().series().get(i).without(Labels.INSTANCE), scrape.value(i));
    }
    return samples;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
