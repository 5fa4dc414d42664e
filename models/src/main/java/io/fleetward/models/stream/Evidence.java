package io.fleetward.models.stream;

import java.io.IOException;

/// What one member of the ensemble says about a row: its distance over three spans of time, each
/// against what is usual for that span.
final class Evidence {
  private static final double[] ROWS = {1, 10, 100};
  static final int SPANS = ROWS.length;

  private static final double LEAST = 1e-6;
  private static final double LOWEST = -1;

  private final double[] means = new double[SPANS];
  private final double[] logs = new double[SPANS];
  private final Histogram[] usual = new Histogram[SPANS];
  private final double[] middle = new double[SPANS];
  private final double[] spread = new double[SPANS];
  private long rows;

  Evidence() {
    for (int i = 0; i < SPANS; i++) {
      usual[i] = new Histogram(-14, 12, 260);
      spread[i] = 1;
    }
  }

  /// Takes the distance of the next row.
  void take(double distance) {
    rows++;
    for (int i = 0; i < SPANS; i++) {
      means[i] += (distance - means[i]) / Math.min((double) rows, ROWS[i]);
      logs[i] = Math.log(means[i] + LEAST);
    }
  }

  /// What it says over a span: about 0 for a usual row and 1 for the most unusual of a hundred.
  double over(int span) {
    return Math.max(LOWEST, (logs[span] - middle[span]) / spread[span]);
  }

  /// Learns the row taken last as usual.
  void learn(double weight) {
    for (int i = 0; i < SPANS; i++) {
      usual[i].add(logs[i], weight);
    }
  }

  /// Brings what is usual up to date.
  void settle() {
    for (int i = 0; i < SPANS; i++) {
      if (usual[i].total() > 0) {
        middle[i] = usual[i].quantile(0.5);
        spread[i] = Math.max(usual[i].quantile(0.99) - middle[i], 0.05);
      }
    }
  }

  void fade(double share) {
    for (Histogram histogram : usual) {
      histogram.fade(share);
    }
  }

  void state(StateTape tape) throws IOException {
    rows = tape.whole(rows);
    tape.numbers(means);
    tape.numbers(logs);
    tape.numbers(middle);
    tape.numbers(spread);
    for (Histogram histogram : usual) {
      histogram.state(tape);
    }
  }
}
