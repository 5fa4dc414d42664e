package io.fleetward.agent.collector;

import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import io.fleetward.protocol.metrics.Scrape;
import java.io.IOException;
import java.util.List;

/// All collectors of a host; together they make a scrape. Confined to the collecting thread.
public final class HostCollectors {
  private record Counted(Collector collector, Slot success) {}

  private final List<Counted> collectors;
  private final SeriesTable table;
  private final Slot up;
  private final CollectorFailures failures;

  public HostCollectors(List<Collector> collectors, SeriesTable table, CollectorFailures failures) {
    this.table = table;
    this.failures = failures;
    this.up = table.slot("up");
    this.collectors =
        collectors.stream()
            .map(collector ->
                new Counted(
                    collector,
                    table.slot("fleetward_collector_success", "collector", collector.name())))
            .toList();
  }

  /// Takes a scrape; a collector that fails is counted and stops nothing.
  public Scrape scrape(long timeMillis) {
    for (Counted counted : collectors) {
      counted.success().set(succeeds(counted.collector()) ? 1 : 0);
    }
    up.set(1);
    return table.take(timeMillis);
  }

  @SuppressWarnings("CatchingUnchecked") // one collector's bug must not silence the host
  private boolean succeeds(Collector collector) {
    try {
      collector.collect();
      return true;
    } catch (IOException | RuntimeException e) {
      failures.failed(collector.name(), e);
      return false;
    }
  }
}
