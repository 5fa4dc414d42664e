package io.fleetward.bench.causes;

import io.fleetward.models.stream.ProductScorers;
import io.fleetward.models.stream.RowScorer;
import io.fleetward.models.stream.Times;

/// At which rows of one host the product's detector alarms.
final class HostAlarms {
  private static final long WEEK = 7 * 86_400L;

  private final HostRows rows;
  private final boolean[] alarms;

  private HostAlarms(HostRows rows) {
    this.rows = rows;
    alarms = new boolean[rows.size()];
  }

  /// Learns all training rows, then scores all rows. Training rows that are not older than the
  /// others count as whole weeks older.
  ///
  /// @param training may be empty
  static HostAlarms of(HostRows training, HostRows rows) {
    RowScorer scorer = ProductScorers.create(rows.features(), Times.SECONDS);
    long behind = training.size() == 0 ? 0 : training.time(training.size() - 1) - rows.time(0);
    long shift = behind < 0 ? 0 : (behind / WEEK + 1) * WEEK;
    for (int row = 0; row < training.size(); row++) {
      scorer.learn(training.time(row) - shift, training.row(row));
    }
    HostAlarms scored = new HostAlarms(rows);
    for (int row = 0; row < rows.size(); row++) {
      scorer.score(rows.time(row), rows.row(row));
      scored.alarms[row] = scorer.alarm();
    }
    return scored;
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
