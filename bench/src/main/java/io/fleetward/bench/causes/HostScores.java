package io.fleetward.bench.causes;

import io.fleetward.models.stream.ProductScorers;
import io.fleetward.models.stream.RowScorer;
import io.fleetward.models.stream.Times;
import java.util.Arrays;

/// What the product's detector says about each row of one host.
final class HostScores {
  private static final long WEEK = 7 * 86_400L;
  private static final long BEFORE = 15 * 60;

  private final HostRows rows;
  private final double[] surprise;
  private final boolean[] alarms;

  private HostScores(HostRows rows) {
    this.rows = rows;
    surprise = new double[rows.size()];
    alarms = new boolean[rows.size()];
  }

  /// Learns all training rows, then scores all rows. Training rows that are not older than the
  /// others count as whole weeks older.
  ///
  /// @param training may be empty
  static HostScores of(HostRows training, HostRows rows) {
    RowScorer scorer = ProductScorers.create(rows.features(), Times.SECONDS);
    long behind = training.size() == 0 ? 0 : training.time(training.size() - 1) - rows.time(0);
    long shift = behind < 0 ? 0 : (behind / WEEK + 1) * WEEK;
    for (int row = 0; row < training.size(); row++) {
      scorer.learn(training.time(row) - shift, training.row(row));
    }
    HostScores scores = new HostScores(rows);
    for (int row = 0; row < rows.size(); row++) {
      scores.surprise[row] = -Math.log1p(-scorer.score(rows.time(row), rows.row(row)));
      scores.alarms[row] = scorer.alarm();
    }
    return scores;
  }

  /// How much more surprising the rows between two times are than those just before, in powers of
  /// e: what began before is not what is looked for. NaN if no row there has a score.
  double rise(long from, long to) {
    double before = median(from - BEFORE, from);
    return median(from, to) - (Double.isNaN(before) ? 0 : before);
  }

  private double median(long from, long to) {
    double[] known = new double[rows.size()];
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.time(row) >= from && rows.time(row) < to && !Double.isNaN(surprise[row])) {
        known[count++] = surprise[row];
      }
    }
    Arrays.sort(known, 0, count);
    return count == 0 ? Double.NaN : known[count / 2];
  }

  /// The number of rows from a time to the first alarm before another time, -1 if there is none.
  int delay(long from, long to) {
    int waited = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.time(row) >= from && rows.time(row) < to) {
        if (alarms[row]) {
          return waited;
        }
        waited++;
      }
    }
    return -1;
  }
}
