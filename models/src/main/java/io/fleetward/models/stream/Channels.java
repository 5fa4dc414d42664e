package io.fleetward.models.stream;

import java.io.IOException;

/// Turns a row into channels: for each feature what is left after the season, its change, and its
/// distance from its recent means.
///
/// Narrow rows get more channels for each feature, so that a single series is as rich as a host. A
/// feature without a value stays where it recently was.
final class Channels {
  private static final double QUICK = 5;
  private static final double MEDIUM = 20;
  private static final double SLOW = 30;

  private final int features;
  private final int perFeature;
  private final double[] level;
  private final double[] quick;
  private final double[] medium;
  private final double[] slow;
  private final double[] filled;
  private final double[] vector;
  private final double[] extremes;

  /// 1 for each feature that has ever had a value.
  private final double[] known;

  private int missing;
  private long rows;

  Channels(int features) {
    this.features = features;
    this.perFeature = features <= 8 ? 4 : features <= 20 ? 2 : 1;
    this.level = new double[features];
    this.quick = new double[features];
    this.medium = new double[features];
    this.slow = new double[features];
    this.filled = new double[features];
    this.vector = new double[features * perFeature];
    this.extremes = new double[features];
    this.known = new double[features];
  }

  /// The row with what is missing filled in; valid until the next row.
  double[] fill(double[] row, Calendar season) {
    missing = 0;
    for (int i = 0; i < features; i++) {
      double value = row[i];
      if (Double.isFinite(value)) {
        known[i] = 1;
      } else {
        missing += (int) known[i];
        value = slow[i] + season.departure(i);
      }
      filled[i] = value;
    }
    return filled;
  }

  /// Takes the row filled last.
  void take(Calendar season) {
    rows++;
    for (int i = 0; i < features; i++) {
      double now = filled[i] - season.departure(i);
      if (rows == 1) {
        level[i] = quick[i] = medium[i] = slow[i] = now;
      }
      double change = now - level[i];
      int from = i * perFeature;
      vector[from] = now;
      if (perFeature > 1) {
        vector[from + 1] = now - quick[i];
      }
      if (perFeature > 2) {
        vector[from + 2] = now - slow[i];
        vector[from + 3] = change;
      }
      extremes[i] = now - medium[i];
      level[i] = now;
      quick[i] += change(now, quick[i], QUICK);
      medium[i] += change(now, medium[i], MEDIUM);
      slow[i] += change(now, slow[i], SLOW);
    }
  }

  private double change(double now, double mean, double memory) {
    return (now - mean) / Math.min((double) rows, memory);
  }

  /// The next row has no row before it.
  void beginHost() {
    rows = 0;
  }

  int width() {
    return vector.length;
  }

  int featureOf(int channel) {
    return channel / perFeature;
  }

  /// The channel that holds what is left of a feature after the season.
  int levelOf(int feature) {
    return feature * perFeature;
  }

  /// The season's part in a feature of the row taken last.
  double departure(int feature) {
    return filled[feature] - vector[levelOf(feature)];
  }

  boolean isKnown(int feature) {
    return known[feature] > 0;
  }

  /// How many features of the row filled last lacked a value that they had before.
  int missing() {
    return missing;
  }

  double[] vector() {
    return vector;
  }

  double[] extremes() {
    return extremes;
  }

  /// Whether more than a share of the features that ever had a value lack one in the row filled
  /// last; also true if none ever had one.
  boolean isMissingMore(double share) {
    double all = 0;
    for (double one : known) {
      all += one;
    }
    return all == 0 || missing > share * all;
  }

  void state(StateTape tape) throws IOException {
    rows = tape.whole(rows);
    tape.numbers(level);
    tape.numbers(quick);
    tape.numbers(medium);
    tape.numbers(slow);
    tape.numbers(known);
    tape.numbers(filled);
    tape.numbers(vector);
  }
}
