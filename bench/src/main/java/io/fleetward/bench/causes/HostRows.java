package io.fleetward.bench.causes;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/// The rows of one host, with times in seconds. The arrays are not copied and must not change.
final class HostRows {
  private final long[] times;
  private final double[][] rows;

  HostRows(long[] times, double[][] rows) {
    this.times = times;
    this.rows = rows;
  }

  int size() {
    return times.length;
  }

  /// Columns; 0 if there are no rows.
  int features() {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  /// The values of one feature at some times.
  double[] column(int feature, LongPredicate time) {
    return IntStream.range(0, times.length)
        .filter(row -> time.test(times[row]))
        .mapToDouble(row -> rows[row][feature])
        .toArray();
  }

  long time(int row) {
    return times[row];
  }

  double[] row(int row) {
    return rows[row];
  }

  HostRows where(LongPredicate time) {
    int[] chosen = IntStream.range(0, times.length).filter(i -> time.test(times[i])).toArray();
    return new HostRows(
        Arrays.stream(chosen).mapToLong(i -> times[i]).toArray(),
        Arrays.stream(chosen).mapToObj(i -> rows[i]).toArray(double[][]::new));
  }
}
