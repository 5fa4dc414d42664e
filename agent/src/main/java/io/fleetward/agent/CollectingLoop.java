package io.fleetward.agent;

import io.fleetward.agent.collector.HostCollectors;
import io.fleetward.agent.shipping.OutgoingRecord;
import io.fleetward.agent.shipping.OutgoingRecord.Patience;
import io.fleetward.agent.shipping.ScrapeEncoder;
import io.fleetward.agent.telemetry.AgentMetrics;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.topics.Headers;
import io.fleetward.protocol.topics.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Takes a scrape at every interval and hands it on, on the thread that calls [#runUntil]. A scrape
/// that comes late is not made up for.
record CollectingLoop(
    HostCollectors collectors,
    ScrapeEncoder encoder,
    Duration interval,
    Consumer<OutgoingRecord> shipper,
    AgentMetrics metrics) {
  private static final Map<String, String> HEADERS =
      Map.of(Headers.CONTENT_TYPE, Headers.REMOTE_WRITE_2, Headers.COMPLETE, "1");

  /// Collects until the latch opens.
  void runUntil(CountDownLatch stop) throws InterruptedException {
    long period = interval.toNanos();
    long next = System.nanoTime();
    do {
      collect();
      long now = System.nanoTime();
      next += period * Math.max(1, Math.ceilDiv(now - next, period));
    } while (!stop.await(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS));
  }

  private void collect() {
    long start = System.nanoTime();
    long time = System.currentTimeMillis();
    Scrape scrape = collectors.scrape(time);
    byte[] request = encoder.encode(scrape);
    metrics.scraped((System.nanoTime() - start) / 1e9, scrape.size());
    shipper.accept(
        new OutgoingRecord(Topics.METRICS, request, HEADERS, time, Patience.WHILE_THERE_IS_ROOM));
  }
}
