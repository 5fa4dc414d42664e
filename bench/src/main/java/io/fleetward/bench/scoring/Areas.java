package io.fleetward.bench.scoring;

import java.util.Arrays;

/// Areas under the curves of a ranking, row by row: rows of one score enter together.
///
/// @param precisionRecall average precision, by steps; NaN without labelled rows
/// @param operatingCharacteristic under the ROC curve, by trapezoids; NaN if all rows are alike
/// @param bestF1 at the best threshold, which nobody has in service
public record Areas(double precisionRecall, double operatingCharacteristic, double bestF1) {
  /// As the benchmark's code has it, against division by zero.
  private static final double F1_GUARD = 0.00001;

  public static Areas of(ScoredRows rows) {
    int positives = rows.positives();
    int negatives = rows.rows() - positives;
    double[] all = rows.scores().clone();
    double[] labelled = new double[positives];
    int next = 0;
    for (int row = 0; row < all.length; row++) {
      if (rows.labels()[row]) {
        labelled[next++] = all[row];
      }
    }
    Arrays.sort(all);
    Arrays.sort(labelled);

    double precisionRecall = 0;
    double roc = 0;
    double best = 0;
    double recallBefore = 0;
    double falseRateBefore = 0;
    int i = all.length - 1;
    int j = positives - 1;
    while (i >= 0) {
      double threshold = all[i];
      while (i >= 0 && all[i] == threshold) {
        i--;
      }
      while (j >= 0 && labelled[j] >= threshold) {
        j--;
      }
      int alarms = all.length - 1 - i;
      int hits = positives - 1 - j;
      double recall = (double) hits / positives;
      double precision = (double) hits / alarms;
      double falseRate = (double) (alarms - hits) / negatives;
      precisionRecall += (recall - recallBefore) * precision;
      roc += (falseRate - falseRateBefore) * (recall + recallBefore) / 2;
      best = Math.max(best, 2 * precision * recall / (precision + recall + F1_GUARD));
      recallBefore = recall;
      falseRateBefore = falseRate;
    }
    return new Areas(precisionRecall, roc, best);
  }
}
