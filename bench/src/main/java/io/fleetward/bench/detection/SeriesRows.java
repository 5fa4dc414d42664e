package io.fleetward.bench.detection;

import io.fleetward.models.stream.Times;
import io.fleetward.models.table.FeatureTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All rows of a file, as a detector is given them.
final class SeriesRows {
  private static final double SECONDS_A_DAY = 86_400;

  private final List<String> features;
  private final Times times;
  private final long[] time;
  private final double[][] rows;

  private SeriesRows(List<String> features, Times times, long[] time, double[][] rows) {
    this.features = features;
    this.times = times;
    this.time = time;
    this.rows = rows;
  }

  /// @throws io.fleetward.models.table.BadTableException if the file cannot be used
  static SeriesRows read(Path file) {
    try (FeatureTable table = FeatureTable.open(file)) {
      List<double[]> rows = new ArrayList<>();
      List<Long> time = new ArrayList<>();
      while (table.next()) {
        rows.add(table.row().clone());
        time.add(table.time());
      }
      return new SeriesRows(
          table.features(),
          table.times(),
          time.stream().mapToLong(Long::longValue).toArray(),
          rows.toArray(double[][]::new));
    }
  }

  int size() {
    return rows.length;
  }

  List<String> features() {
    return features;
  }

  Times times() {
    return times;
  }

  long time(int row) {
    return time[row];
  }

  /// Not copied; must not change.
  double[] row(int row) {
    return rows[row];
  }

  /// The first feature of all rows, by which the buffer of the volumes is chosen.
  double[] firstFeature() {
    return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
  }

  /// How many days of one host the rows cover.
  ///
  /// @param interval seconds between rows where they have no times; else the usual distance counts
  double hostDays(long interval) {
    return rows.length * (times == Times.ROWS ? interval : usualInterval()) / SECONDS_A_DAY;
  }

  private double usualInterval() {
    long[] intervals = new long[Math.max(1, time.length - 1)];
    for (int i = 1; i < time.length; i++) {
      intervals[i - 1] = time[i] - time[i - 1];
    }
    Arrays.sort(intervals);
    return intervals[intervals.length / 2];
  }
}
