package io.fleetward.agent;

import io.fleetward.agent.collector.CollectorFailures;
import io.fleetward.agent.plans.PlanEvents;
import io.fleetward.agent.scraping.ScrapeEvents;
import io.fleetward.agent.shipping.ShippingEvents;
import io.fleetward.agent.telemetry.AgentMetrics;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what happens in the agent's parts. Thread safe.
final class AgentEvents implements CollectorFailures, PlanEvents, ScrapeEvents, ShippingEvents {
  private static final Logger log = LoggerFactory.getLogger(AgentEvents.class);

  private final AgentMetrics metrics;
  private final Runnable whenConnected;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  AgentEvents(AgentMetrics metrics, Runnable whenConnected) {
    this.metrics = metrics;
    this.whenConnected = whenConnected;
  }

  @Override
  public void failed(String collector, Exception cause) {
    metrics.collectorFailed(collector);
    if (told.add(collector)) {
      log.atWarn()
          .addKeyValue("collector", collector)
          .addKeyValue("reason", cause.toString())
          .log("collector failed; further failures are only counted");
    }
  }

  @Override
  public void pageTaken(String exporter) {
    metrics.pageTaken(exporter);
  }

  @Override
  public void pageRefused(String exporter, String reason) {
    metrics.pageRefused(exporter, reason);
  }

  @Override
  public void exporterLost(String exporter, String reason) {
    log.atWarn()
        .addKeyValue("exporter", exporter)
        .addKeyValue("reason", reason)
        .log("exporter cannot be read; its series end until it can");
  }

  @Override
  public void exporterFound(String exporter) {
    log.atInfo().addKeyValue("exporter", exporter).log("exporter can be read again");
  }

  @Override
  public void produced(String topic) {
    metrics.recordProduced(topic);
  }

  @Override
  public void dropped(String reason, int count) {
    metrics.recordsDropped(reason, count);
  }

  @Override
  public void spooled(int count) {
    metrics.recordsSpooled(count);
  }

  @Override
  public void spoolFailed(String reason) {
    log.atWarn()
        .addKeyValue("reason", reason)
        .log(
            "the spool cannot be written; the newest 4 MB of scrapes wait in memory; free space on"
                + " the disk of agent.state");
  }

  @Override
  public void oldestDropped(long records) {
    metrics.recordsDropped("spool-full", records);
  }

  @Override
  public void damaged(String file, long bytes, long records) {
    metrics.spoolDamaged(bytes);
    metrics.recordsDropped("spool-damaged", records);
    log.atWarn()
        .addKeyValue("file", file)
        .addKeyValue("bytes", bytes)
        .addKeyValue("records", records)
        .log("a part of the spool is damaged and was passed over");
  }

  @Override
  public void connected() {
    whenConnected.run();
  }

  @Override
  public void received(String topic) {
    metrics.recordReceived(topic);
  }

  @Override
  public void seen() {
    metrics.planSeen();
  }

  @Override
  public void refused(String reason) {
    metrics.planRefused(reason);
  }

  @Override
  public void outcomeSent() {
    metrics.outcomeSent();
  }
}
