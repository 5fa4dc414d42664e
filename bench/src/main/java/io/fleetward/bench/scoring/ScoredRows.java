package io.fleetward.bench.scoring;

import java.util.Arrays;

/// The scores of a series beside its labels. The arrays are not copied and must not change.
///
/// A row without a score (NaN, UNDETERMINED) ranks below all that have one.
public final class ScoredRows {
  private final double[] scores;
  private final boolean[] labels;
  private final int positives;

  /// @throws IllegalArgumentException if there are no rows, or not as many scores as labels
  public ScoredRows(double[] scores, boolean[] labels) {
    if (scores.length != labels.length || scores.length == 0) {
      throw new IllegalArgumentException(
          "%d scores for %d labels".formatted(scores.length, labels.length));
    }
    this.scores = ranked(scores);
    this.labels = labels;
    int count = 0;
    for (boolean label : labels) {
      count += label ? 1 : 0;
    }
    this.positives = count;
  }

  private static double[] ranked(double[] scores) {
    if (Arrays.stream(scores).noneMatch(Double::isNaN)) {
      return scores;
    }
    return Arrays.stream(scores)
        .map(score -> Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score)
        .toArray();
  }

  int rows() {
    return scores.length;
  }

  /// How many rows are labelled anomalous.
  public int positives() {
    return positives;
  }

  double[] scores() {
    return scores;
  }

  boolean[] labels() {
    return labels;
  }
}
