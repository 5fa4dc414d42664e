package io.fleetward.protocol.metrics;

import io.fleetward.protocol.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random layouts and scrapes that look like a host's, with the odd corner.
final class RandomScrapes {
  private static final String[] TEXTS = {
    "node_cpu_seconds_total", "mode", "idle", "0", "Zürich", "日本", "😀", "\uFFFD", "a b\n\"c\"", "x"
  };
  private static final double[] CORNERS = {
    0, -0.0, 1, Double.NaN, StaleMarker.VALUE, Double.POSITIVE_INFINITY, Double.MIN_VALUE
  };

  private final RandomGenerator random;

  RandomScrapes(RandomGenerator random) {
    this.random = random;
  }

  SeriesLayout layout(int mostSeries) {
    List<Labels> series = new ArrayList<>();
    int size = random.nextInt(mostSeries + 1);
    for (int i = 0; i < size; i++) {
      Labels labels = Labels.of("__name__", "m" + i, "instance", "web-1");
      for (int j = random.nextInt(4); j > 0; j--) {
        labels = labels.with(text() + random.nextInt(20), text());
      }
      series.add(labels);
    }
    return new SeriesLayout(series);
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  Scrape scrape(SeriesLayout layout) {
    double[] values = new double[layout.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          random.nextInt(4) == 0
              ? CORNERS[random.nextInt(CORNERS.length)]
              : Double.longBitsToDouble(random.nextLong());
    }
    return new Scrape(layout, time(), values);
  }

  private long time() {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> random.nextLong();
      case 2 -> random.nextInt(200);
      default -> 1_790_000_000_000L + random.nextInt();
    };
  }
}
