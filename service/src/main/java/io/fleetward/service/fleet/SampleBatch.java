package io.fleetward.service.fleet;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Samples on their way to another stage, written as remote-write 2.0 requests, one for each time.
/// Used again and again; while the series stay the same only values are written. Confined to one
/// thread.
public final class SampleBatch {
  private final RemoteWriteEncoder encoder = new RemoteWriteEncoder();
  private final TreeMap<Long, Samples> byTime = new TreeMap<>();
  private SeriesLayout layout = new SeriesLayout(List.of());

  private static final class Samples {
    private final List<Labels> series = new ArrayList<>();
    private double[] values = new double[8];

    void add(Labels labels, double value) {
      if (series.size() == values.length) {
        values = java.util.Arrays.copyOf(values, 2 * values.length);
      }
      values[series.size()] = value;
      series.add(labels);
    }
  }

  public void add(Labels labels, long timeMillis, double value) {
    byTime.computeIfAbsent(timeMillis, _ -> new Samples()).add(labels, value);
  }

  public boolean isEmpty() {
    return byTime.isEmpty();
  }

  /// Writes and forgets what was added, the oldest first.
  public List<byte[]> drain() {
    List<byte[]> bodies = new ArrayList<>(byTime.size());
    byTime.forEach((time, samples) -> {
      if (!layout.series().equals(samples.series)) {
        layout = new SeriesLayout(samples.series);
      }
      double[] values = java.util.Arrays.copyOf(samples.values, samples.series.size());
      bodies.add(encoder.encode(new Scrape(layout, time, values)));
    });
    byTime.clear();
    return bodies;
  }
}
