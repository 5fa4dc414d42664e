package io.fleetward.bench.detection;

import io.fleetward.bench.scoring.Culprits;
import io.fleetward.models.stream.ProductScorers;
import io.fleetward.models.stream.RowScorer;
import io.fleetward.models.stream.Times;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/// What the product's detector said about every row of one series, and what it cost.
final class SeriesScores {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final double[] scores;
  private final double[] thresholds;
  private final boolean[] alarms;
  private final List<Culprits.Event> culprits = new ArrayList<>();
  private double learningSeconds;
  private double microsPerRow;

  private SeriesScores(int rows) {
    scores = new double[rows];
    thresholds = new double[rows];
    alarms = new boolean[rows];
  }

  /// Learns all training rows, then scores all rows, on the calling thread.
  ///
  /// @param training without rows for a cold start
  /// @param causes of events whose contributions are wanted
  static SeriesScores of(SeriesRows rows, List<SeriesRows> training, List<Labels.Cause> causes) {
    RowScorer scorer = ProductScorers.create(rows.features().size(), rows.times());
    long start = THREADS.getCurrentThreadCpuTime();
    long learnt = 0;
    for (SeriesRows part : training) {
      for (int row = 0; row < part.size(); row++) {
        scorer.learn(part.time(row), part.row(row));
      }
      learnt += part.size();
    }
    boolean numbered = rows.times() == Times.ROWS;
    SeriesScores found = new SeriesScores(rows.size());
    found.learningSeconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    found.score(scorer, rows, numbered ? learnt : 0, causes);
    return found;
  }

  private void score(RowScorer scorer, SeriesRows rows, long shift, List<Labels.Cause> causes) {
    EventShares shares = new EventShares(causes, rows.features().size());
    long explaining = 0;
    // Learning may end with the first row that is scored.
    long start = THREADS.getCurrentThreadCpuTime();
    take(scorer, rows, 0, shift);
    long first = THREADS.getCurrentThreadCpuTime();
    for (int row = 1; row < scores.length; row++) {
      take(scorer, rows, row, shift);
      if (shares.wants(row)) {
        long before = THREADS.getCurrentThreadCpuTime();
        shares.add(row, scorer);
        explaining += THREADS.getCurrentThreadCpuTime() - before;
      }
    }
    long end = THREADS.getCurrentThreadCpuTime();
    learningSeconds += (first - start) / 1e9;
    microsPerRow = (end - first - explaining) / 1e3 / Math.max(1, scores.length - 1);
    culprits.addAll(shares.events());
  }

  private void take(RowScorer scorer, SeriesRows rows, int row, long shift) {
    scores[row] = scorer.score(rows.time(row) + shift, rows.row(row));
    alarms[row] = scorer.alarm();
    thresholds[row] = scorer.threshold();
  }

  /// NaN where UNDETERMINED. Not copied, as the other arrays; must not change.
  double[] scores() {
    return scores;
  }

  double[] thresholds() {
    return thresholds;
  }

  boolean[] alarms() {
    return alarms;
  }

  /// Contributions in the events that were asked for.
  List<Culprits.Event> culprits() {
    return culprits;
  }

  /// CPU seconds for all training rows and the first scored one.
  double learningSeconds() {
    return learningSeconds;
  }

  /// Microseconds of CPU for each scored row but the first.
  double microsPerRow() {
    return microsPerRow;
  }
}
