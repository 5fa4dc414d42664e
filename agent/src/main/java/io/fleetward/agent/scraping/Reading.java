package io.fleetward.agent.scraping;

import io.fleetward.agent.series.SeriesTable;
import java.util.Arrays;

/// What one page held: series and their values, in arrays that are used again and again. Filled by
/// one thread, then handed to another.
final class Reading {
  private ScrapedSeries[] series = new ScrapedSeries[64];
  private double[] values = new double[64];
  private int size;

  void clear() {
    size = 0;
  }

  void add(ScrapedSeries one, double value) {
    if (size == values.length) {
      series = Arrays.copyOf(series, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    series[size] = one;
    values[size] = value;
    size++;
  }

  int size() {
    return size;
  }

  ScrapedSeries series(int position) {
    return series[position];
  }

  double value(int position) {
    return values[position];
  }

  /// Sets every series, on the collecting thread.
  void setAll(SeriesTable table) {
    for (int i = 0; i < size; i++) {
      series[i].set(table, values[i]);
    }
  }
}
