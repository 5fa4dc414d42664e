package io.fleetward.models.stream;

import java.util.Arrays;

/// Explains a row by the nearest of the usual rows: how far each feature is from it, and what it
/// would have been.
final class Explanation {
  private final Channels channels;
  private final Standard standard;
  private final Neighbours usualRows;
  private final double[] squared;

  Explanation(int features, Channels channels, Standard standard, Neighbours usualRows) {
    this.channels = channels;
    this.standard = standard;
    this.usualRows = usualRows;
    this.squared = new double[features];
  }

  /// The features that are farthest from the nearest usual row, as [RowScorer#contributions] says.
  ///
  /// @param z the row's channels in standard deviations
  /// @param stuck a feature that stands out because it stands still; -1 if none does
  int strongest(double[] z, int stuck, int[] columns, double[] shares) {
    Arrays.fill(squared, 0);
    double total = 0;
    for (int i = 0; i < z.length; i++) {
      double deviation = z[i] - usualRows.nearest(i);
      squared[channels.featureOf(i)] += deviation * deviation;
      total += deviation * deviation;
    }
    if (stuck >= 0) {
      double half = Math.max(total, Double.MIN_NORMAL);
      squared[stuck] += half;
      total += half;
    }
    int given = 0;
    while (given < columns.length && given < squared.length) {
      int strongest = strongest();
      if (!(squared[strongest] > 0)) {
        break;
      }
      columns[given] = strongest;
      shares[given] = squared[strongest] / total;
      squared[strongest] = 0;
      given++;
    }
    return given;
  }

  private int strongest() {
    int strongest = 0;
    for (int i = 1; i < squared.length; i++) {
      if (squared[i] > squared[strongest]) {
        strongest = i;
      }
    }
    return strongest;
  }

  /// What the nearest usual row has in place of a feature, at this time of the day and in the
  /// feature's own unit; NaN if the feature never had a value.
  double expected(int feature) {
    if (!channels.isKnown(feature)) {
      return Double.NaN;
    }
    int level = channels.levelOf(feature);
    return standard.value(level, usualRows.nearest(level)) + channels.departure(feature);
  }
}
