package io.fleetward.service.ingest;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.labels.RelabelRule;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.protocol.metrics.WriteRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The samples of a request by host and time, each host's oldest first: what an agent on each of
/// these hosts would have sent. Confined to one thread.
final class HostScrapes {
  private final List<RelabelRule> rules;
  private final Map<String, TreeMap<Long, Map<Labels, Double>>> hosts = new LinkedHashMap<>();
  private int samples;
  private int dropped;
  private int homeless;
  private Labels firstHomeless = Labels.EMPTY;

  private HostScrapes(List<RelabelRule> rules) {
    this.rules = rules;
  }

  /// @param rules applied to each series before its instance is looked for
  static HostScrapes of(WriteRequest request, List<RelabelRule> rules) {
    HostScrapes scrapes = new HostScrapes(rules);
    request.series().forEach(scrapes::add);
    return scrapes;
  }

  private void add(TimeSeries series) {
    Optional<Labels> relabelled = relabel(series.labels());
    if (relabelled.isEmpty()) {
      dropped += series.size();
      return;
    }
    Labels labels = relabelled.get();
    String instance = labels.value(Labels.INSTANCE);
    if (instance.isEmpty()) {
      firstHomeless = homeless == 0 ? series.labels() : firstHomeless;
      homeless += series.size();
      return;
    }
    var times = hosts.computeIfAbsent(instance, _ -> new TreeMap<>());
    for (int i = 0; i < series.size(); i++) {
      times
          .computeIfAbsent(series.timeMillis(i), _ -> new LinkedHashMap<>())
          .put(labels, series.value(i));
    }
    samples += series.size();
  }

  private Optional<Labels> relabel(Labels labels) {
    Optional<Labels> current = Optional.of(labels);
    for (RelabelRule rule : rules) {
      current = current.flatMap(rule::apply);
    }
    return current;
  }

  /// Takes a scrape of a host.
  interface Taker {
    void scrape(String instance, Scrape scrape);
  }

  void forEach(Taker taker) {
    hosts.forEach((instance, times) ->
        times.forEach((time, values) -> taker.scrape(instance, scrape(time, values))));
  }

  private static Scrape scrape(long time, Map<Labels, Double> values) {
    return new Scrape(
        new SeriesLayout(new ArrayList<>(values.keySet())),
        time,
        values.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// Samples that belong to a host.
  int samples() {
    return samples;
  }

  /// Samples that the rules dropped.
  int dropped() {
    return dropped;
  }

  /// Samples whose series has no instance.
  int homeless() {
    return homeless;
  }

  /// The first series without an instance, as it was sent.
  Labels firstHomeless() {
    return firstHomeless;
  }
}
