package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// Notices a lively feature that no longer moves: each value by itself is usual, but it has stayed
/// the same for several times as long as ever before. Features that often stand still are left out.
final class StuckFeatures {
  private static final double MULTIPLE = 3;
  private static final double MARGIN = 30;
  private static final double ENOUGH_CHANGES = 200;
  private static final double MOST_STILL = 0.3;
  private static final double MOST_SURPRISE = 3;

  private final double[] last;
  private final double[] run; // rows since the value changed
  private final double[] longest;
  private final double[] changes;
  private final double[] still; // rows without a change, of all runs that ended
  private int feature;
  private double surprise;

  StuckFeatures(int features) {
    this.last = new double[features];
    Arrays.fill(last, Double.NaN);
    this.run = new double[features];
    this.longest = new double[features];
    this.changes = new double[features];
    this.still = new double[features];
  }

  /// Takes the next row; a feature without a value neither moves nor stands still.
  void take(double[] row) {
    surprise = 0;
    for (int i = 0; i < last.length; i++) {
      double value = row[i];
      if (!Double.isFinite(value)) {
        continue;
      }
      if (value == last[i]) {
        run[i]++;
      } else {
        end(i);
        last[i] = value;
      }
      double most = mostUsual(i);
      if (run[i] > most && isLively(i)) {
        double by = Math.min(1 + Math.log(run[i] / most), MOST_SURPRISE);
        if (by > surprise) {
          surprise = by;
          feature = i;
        }
      }
    }
  }

  private void end(int i) {
    double usual = isLively(i) ? Math.min(run[i], mostUsual(i)) : run[i];
    longest[i] = Math.max(longest[i], usual);
    still[i] += usual;
    changes[i]++;
    run[i] = 0;
  }

  private double mostUsual(int i) {
    return MULTIPLE * longest[i] + MARGIN;
  }

  private boolean isLively(int i) {
    return changes[i] >= ENOUGH_CHANGES && still[i] <= MOST_STILL * (still[i] + changes[i]);
  }

  /// How surprising the stillest feature of the row taken last is: 0 if none is, else from 1, which
  /// is as rare as the rarest of a hundred rows.
  double surprise() {
    return surprise;
  }

  /// The feature that surprises, if one does.
  int feature() {
    return feature;
  }

  void state(StateTape tape) throws IOException {
    tape.numbers(last);
    tape.numbers(run);
    tape.numbers(longest);
    tape.numbers(changes);
    tape.numbers(still);
    feature = tape.whole(feature);
    surprise = tape.number(surprise);
  }
}
