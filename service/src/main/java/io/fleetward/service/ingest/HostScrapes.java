package io.fleetward.service.ingest;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.labels.RelabelRule;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.protocol.metrics.WriteRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The samples of a request by host and time, each host's oldest first: what an agent on each of
/// these hosts would have sent. Confined to one thread.
///
/// A series that is named twice with one time stays so: scoring keeps the first of its samples.
final class HostScrapes {
  private final List<RelabelRule> rules;
  private final Map<String, HostSamples> hosts = new LinkedHashMap<>();

  /// Senders name one host's series after the other.
  private @Nullable HostSamples latest;

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
    HostSamples host = samplesOf(instance);
    for (int i = 0; i < series.size(); i++) {
      host.add(series.timeMillis(i), labels, series.value(i));
    }
    samples += series.size();
  }

  private HostSamples samplesOf(String instance) {
    HostSamples host = latest;
    if (host == null || !host.instance.equals(instance)) {
      host = hosts.computeIfAbsent(instance, HostSamples::new);
      latest = host;
    }
    return host;
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
    hosts.values().forEach(host -> host.scrapes(taker));
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

  /// One host's samples by time.
  private static final class HostSamples {
    private final String instance;
    private final TreeMap<Long, SamplesOfOneTime> times = new TreeMap<>();

    /// Nearly all samples of a host have one time.
    private @Nullable SamplesOfOneTime latest;

    HostSamples(String instance) {
      this.instance = instance;
    }

    void add(long time, Labels labels, double value) {
      SamplesOfOneTime samples = latest;
      if (samples == null || samples.time != time) {
        samples = times.computeIfAbsent(time, SamplesOfOneTime::new);
        latest = samples;
      }
      samples.add(labels, value);
    }

    void scrapes(Taker taker) {
      times.values().forEach(samples -> taker.scrape(instance, samples.scrape()));
    }
  }

  /// What a scrape is made of.
  private static final class SamplesOfOneTime {
    private final long time;
    private final List<Labels> series = new ArrayList<>();
    private double[] values = new double[64];

    SamplesOfOneTime(long time) {
      this.time = time;
    }

    void add(Labels labels, double value) {
      if (series.size() == values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      values[series.size()] = value;
      series.add(labels);
    }

    Scrape scrape() {
      return new Scrape(new SeriesLayout(series), time, Arrays.copyOf(values, series.size()));
    }
  }
}
