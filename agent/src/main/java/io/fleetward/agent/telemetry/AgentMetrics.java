package io.fleetward.agent.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.function.DoubleSupplier;

/// What the agent counts about itself, on its own `/metrics`. Thread safe.
public final class AgentMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter received;
  private final Counter produced;
  private final Counter dropped;
  private final Counter spooled;
  private final Counter spoolDamage;
  private final Summary scrapeDuration;
  private final Gauge samples;
  private final Counter collectorFailures;
  private final Counter pagesTaken;
  private final Counter pagesRefused;
  private final Counter reloads;
  private final Counter plans;
  private final Counter refusals;
  private final Counter outcomes;

  public AgentMetrics() {
    received = counter("records_received", "Records read from Kafka, by topic.", "topic");
    produced = counter("records_produced", "Records that Kafka has acknowledged.", "topic");
    dropped = counter("records_dropped", "Records that will never reach Kafka.", "reason");
    spooled = counter("records_spooled", "Records that were put on the disk to be sent later.");
    spoolDamage = counter("spool_damaged_bytes", "Bytes of the spool that could not be read.");
    scrapeDuration =
        Summary.builder()
            .name("fleetward_agent_scrape_duration_seconds")
            .help("Time that one scrape took.")
            .unit(Unit.SECONDS)
            .withoutExemplars()
            .register(registry);
    samples =
        Gauge.builder()
            .name("fleetward_agent_scrape_samples")
            .help("Samples of the newest scrape.")
            .withoutExemplars()
            .register(registry);
    collectorFailures =
        counter("collector_failures", "Scrapes in which a collector failed.", "collector");
    pagesTaken =
        counter("exporter_pages_taken", "Pages of local exporters that were taken.", "exporter");
    pagesRefused =
        counter(
            "exporter_pages_refused",
            "Pages of local exporters that were not to be had, or not taken, with all their series.",
            "exporter",
            "reason");
    reloads = counter("reloads", "Times that the settings were read again, by result.", "result");
    plans = counter("plans_seen", "Plans for this host that were read from Kafka.");
    refusals = counter("plans_refused", "Plans that were refused, by reason.", "reason");
    outcomes = counter("outcomes_sent", "Outcomes that Kafka has acknowledged.");
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name("fleetward_agent_" + name + "_total")
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  /// Adds a gauge that is read when somebody asks; NaN where it has no value.
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /// Adds a counter that is read when somebody asks.
  public void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  public void recordReceived(String topic) {
    received.labelValues(topic).inc();
  }

  public void recordProduced(String topic) {
    produced.labelValues(topic).inc();
  }

  public void recordsSpooled(int count) {
    spooled.inc(count);
  }

  public void spoolDamaged(long bytes) {
    spoolDamage.inc(bytes);
  }

  public void recordsDropped(String reason, long count) {
    dropped.labelValues(reason).inc(count);
  }

  public void scraped(double seconds, int sampleCount) {
    scrapeDuration.observe(seconds);
    samples.set(sampleCount);
  }

  public void collectorFailed(String collector) {
    collectorFailures.labelValues(collector).inc();
  }

  public void pageTaken(String exporter) {
    pagesTaken.labelValues(exporter).inc();
  }

  public void pageRefused(String exporter, String reason) {
    pagesRefused.labelValues(exporter, reason).inc();
  }

  /// @param result `applied`, `partly` or `refused`
  public void reloaded(String result) {
    reloads.labelValues(result).inc();
  }

  public void planSeen() {
    plans.inc();
  }

  public void planRefused(String reason) {
    refusals.labelValues(reason).inc();
  }

  public void outcomeSent() {
    outcomes.inc();
  }

  PrometheusRegistry registry() {
    return registry;
  }
}
