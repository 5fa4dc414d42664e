package io.fleetward.agent;

import io.fleetward.agent.shipping.OutgoingRecord;
import io.fleetward.agent.shipping.OutgoingRecord.Patience;
import io.fleetward.agent.shipping.ScrapeEncoder;
import io.fleetward.agent.supervision.Supervisor;
import io.fleetward.agent.telemetry.AgentMetrics;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.topics.Topics;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// Takes a scrape at every interval and hands it on, on the thread that calls [#runUntil]. A scrape
/// that comes late is not made up for. The supervisor hears of it while this goes on, and only
/// then.
///
/// @param scrapes takes a scrape, given its time in ms
/// @param isHealthy whether what is handed on gets any further
record CollectingLoop(
    LongFunction<Scrape> scrapes,
    ScrapeEncoder encoder,
    ScrapeHeaders headers,
    ScrapeTimes times,
    Consumer<OutgoingRecord> shipper,
    AgentMetrics metrics,
    Supervisor supervisor,
    BooleanSupplier isHealthy) {
  /// Collects until the latch opens.
  void runUntil(CountDownLatch stop) throws InterruptedException {
    long period = times.interval().toNanos();
    long next = System.nanoTime() + times.untilFirst(System.currentTimeMillis()).toNanos();
    while (!isStoppedBefore(next, stop)) {
      collect();
      long now = System.nanoTime();
      next += period * Math.max(1, Math.ceilDiv(now - next, period));
    }
  }

  private boolean isStoppedBefore(long time, CountDownLatch stop) throws InterruptedException {
    long pulse = supervisor.pulse().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    boolean isStopped;
    do {
      if (isHealthy.getAsBoolean()) {
        supervisor.alive();
      }
      long wait = Math.min(pulse, Math.max(0, time - System.nanoTime()));
      isStopped = stop.await(wait, TimeUnit.NANOSECONDS);
    } while (!isStopped && time - System.nanoTime() > 0);
    return isStopped;
  }

  private void collect() {
    long start = System.nanoTime();
    long time = System.currentTimeMillis();
    Scrape scrape = scrapes.apply(time);
    byte[] request = encoder.encode(scrape);
    metrics.scraped((System.nanoTime() - start) / 1e9, scrape.size());
    shipper.accept(
        new OutgoingRecord(
            Topics.METRICS, request, headers.of(request), time, Patience.WHILE_THERE_IS_ROOM));
  }
}
