package io.fleetward.acceptance;

import io.fleetward.agent.collector.HostCollectors;
import io.fleetward.agent.series.MetricType;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a running node_exporter tells, against what the agent's collectors tell at the same moment.
///
/// Two readings are never of one instant, so the exporter is read before and after: what the agent
/// tells has to lie between, in one of many rounds.
final class NodeExporterComparison {
  private static final int MOST_ROUNDS = 60;

  /// How far readings may differ where reading itself moves the value: each opens files.
  private static final Map<String, Double> MOVED_BY_READING = Map.of("node_filefd_allocated", 64.0);

  /// What the exporter tells about itself, not about the host.
  private static final Pattern ABOUT_ITSELF =
      Pattern.compile("(go|process|promhttp|node_exporter|node_scrape_collector)_.*");

  private final URI uri;
  private final HostCollectors agent;
  private final Set<Labels> theirs = new TreeSet<>();
  private final Set<Labels> agreed = new TreeSet<>();
  private final Map<Labels, String> differing = new TreeMap<>();
  private final Map<String, String> types = new TreeMap<>();
  private Map<Labels, Double> ours = Map.of();

  NodeExporterComparison(URI uri, HostCollectors agent) {
    this.uri = uri;
    this.agent = agent;
  }

  /// Compares until nothing differs; one connection stays open, so that both count the same
  /// sockets.
  void run() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int round = 0; round == 0 || (round < MOST_ROUNDS && !differing.isEmpty()); round++) {
        ExpositionPage before = page(http);
        ours = samples(agent.scrape(System.currentTimeMillis()));
        ExpositionPage after = page(http);
        types.putAll(before.types());
        theirs.addAll(before.samples().keySet());
        theirs.retainAll(after.samples().keySet());
        judge(before, after);
      }
    }
    System.out.printf(
        "node_exporter tells %d series of this host; present %d, missing %d, differing %d;"
            + " the agent tells %d%n",
        theirs.size(),
        theirs.size() - missing().size(),
        missing().size(),
        differing.size(),
        ours.size());
  }

  private void judge(ExpositionPage before, ExpositionPage after) {
    ours.forEach((series, value) -> {
      Double earlier = before.samples().get(series);
      Double later = after.samples().get(series);
      if (earlier == null || later == null || agreed.contains(series)) {
        return;
      }
      double slack =
          1e-9 * Math.abs(value) + MOVED_BY_READING.getOrDefault(series.metricName(), 0.0);
      if (value >= Math.min(earlier, later) - slack && value <= Math.max(earlier, later) + slack) {
        agreed.add(series);
        differing.remove(series);
      } else {
        differing.put(series, "%s, ours %s, %s".formatted(earlier, value, later));
      }
    });
  }

  /// The exporter's series of this host.
  Set<Labels> theirs() {
    return Set.copyOf(theirs);
  }

  /// Those of them that the agent does not tell.
  Set<Labels> missing() {
    Set<Labels> missing = new TreeSet<>(theirs);
    missing.removeAll(ours.keySet());
    return missing;
  }

  /// Those whose values never met.
  Map<Labels, String> differing() {
    return Map.copyOf(differing);
  }

  /// Those whose type is another.
  Map<Labels, String> wronglyTyped() {
    Map<Labels, String> wrong = new TreeMap<>();
    for (Labels series : theirs) {
      String type = types.getOrDefault(series.metricName(), "untyped");
      String own = MetricType.of(series.metricName()).text();
      if (!own.equals(type)) {
        wrong.put(series, "%s, ours %s".formatted(type, own));
      }
    }
    return wrong;
  }

  private ExpositionPage page(HttpClient http) throws IOException, InterruptedException {
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
}
