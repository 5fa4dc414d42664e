package io.fleetward.bench;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Scrapes of one made-up host as an agent would take them every 10 s.
final class HostScrapes {
  static final int SERIES = NodeExporterHost.SERIES;

  private static final long START = 1_790_000_000_000L;
  private static final long INTERVAL_MILLIS = 10_000;

  private final NodeExporterHost host;
  private final SeriesLayout layout;
  private long step;

  HostScrapes(long seed) {
    host = new NodeExporterHost("compute-0417.rack-12.example.net", seed, false);
    List<Labels> series = IntStream.range(0, SERIES).mapToObj(host::labels).toList();
    layout = new SeriesLayout(series);
  }

  /// The next scrape, 10 s later.
  Scrape next() {
    step++;
    double[] values = new double[SERIES];
    Arrays.setAll(values, series -> host.value(series, step));
    return new Scrape(layout, START + step * INTERVAL_MILLIS, values);
  }
}
