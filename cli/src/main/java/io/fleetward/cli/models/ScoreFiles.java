package io.fleetward.cli.models;

import io.fleetward.models.stream.ProductScorers;
import io.fleetward.models.stream.RowScorer;
import io.fleetward.models.stream.Times;
import io.fleetward.models.table.BadTableException;
import io.fleetward.models.table.FeatureTable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Scores the rows of one file as the service scores those of a host, one after the other.
///
/// @param train rows to learn from before; null to start cold
record ScoreFiles(Path input, @Nullable Path train) {
  private static final int TOP = 3;
  private static final long WEEK = 7 * 86_400L;

  /// Writes a line for each row of the input.
  ///
  /// @return how many
  /// @throws BadTableException if a file cannot be used
  /// @throws IOException if nothing more can be written
  long write(Writer out) throws IOException {
    try (FeatureTable rows = FeatureTable.open(input)) {
      RowScorer scorer = ProductScorers.create(rows.features().size(), rows.times());
      boolean more = rows.next();
      long shift = train == null ? 0 : learn(scorer, train, rows);
      out.write("index,score,alarm,top\n");
      int[] columns = new int[TOP];
      double[] shares = new double[TOP];
      while (more) {
        double score = scorer.score(rows.time() + shift, rows.row());
        boolean known = !Double.isNaN(score);
        out.write(Long.toString(rows.count() - 1));
        out.write(',');
        out.write(known ? Double.toString(score) : "");
        out.write(known && scorer.alarm() ? ",1," : ",0,");
        out.write(known ? rows.joined(columns, scorer.contributions(columns, shares)) : "");
        out.write('\n');
        more = rows.next();
      }
      return rows.count();
    }
  }

  /// Learns all training rows.
  ///
  /// @return what to add to the times of the input so that they follow: rows are counted on; times
  ///   that begin before the training ends move by whole weeks, which keeps day and hour
  private static long learn(RowScorer scorer, Path train, FeatureTable rows) {
    try (FeatureTable training = FeatureTable.open(train, rows)) {
      while (training.next()) {
        scorer.learn(training.time(), training.row());
      }
      if (rows.times() == Times.ROWS) {
        return training.count();
      }
      long behind = training.time() - rows.time();
      return behind <= 0 ? 0 : Math.ceilDiv(behind, WEEK) * WEEK;
    }
  }
}
