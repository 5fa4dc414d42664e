package io.fleetward.models.stream;

import java.io.IOException;

/// What returns every period: for each feature the usual departure from its level, by the part of
/// the period.
///
/// A part seen for the first time departs by nothing; what it shows counts for half after one
/// period and for nearly all after some.
final class Season {
  private static final double LEVEL_PERIODS = 3;
  private static final double SEASONED_PERIODS = 2;
  private static final double MOST_DEVIATIONS = 3;

  private final int features;
  private final int bins;
  private final double[] level;
  private final float[] profile; // profile[bin * features + feature]
  private final double[] visits;
  private final double[] withProfile;
  private final double[] withoutProfile;

  /// Means of the profile that are taken out of it; empty where they stay in.
  private final double[] middle;

  private long learnt;
  private int bin;
  private int neighbour;
  private double neighbourShare;

  /// A season that keeps what its parts have in common: a level that moved passes into it.
  static Season following(int features, int bins) {
    return new Season(features, bins, 0);
  }

  /// A season of differences between its parts only: a level that moved is none.
  static Season centred(int features, int bins) {
    return new Season(features, bins, features);
  }

  private Season(int features, int bins, int middles) {
    this.features = features;
    this.bins = bins;
    this.level = new double[features];
    this.profile = new float[bins * features];
    this.visits = new double[bins];
    this.withProfile = new double[features];
    this.withoutProfile = new double[features];
    this.middle = new double[middles];
  }

  /// Turns to a part of the period.
  ///
  /// @param phase 0 to 1
  void turnTo(double phase) {
    double place = phase * bins;
    bin = Math.min((int) place, bins - 1);
    double fromCentre = place - bin - 0.5;
    neighbour = Math.floorMod(fromCentre < 0 ? bin - 1 : bin + 1, bins);
    neighbourShare = Math.abs(fromCentre);
  }

  /// The usual departure of a feature from its level at the part turned to.
  double departure(int feature) {
    double here =
        (1 - neighbourShare) * profile[bin * features + feature]
            + neighbourShare * profile[neighbour * features + feature];
    return middle.length == 0 ? here : here - middle[feature];
  }

  /// Learns the values at the part turned to.
  ///
  /// @param weight 0 to 1
  void learn(double[] values, double weight, double rowsPerPeriod, double memory) {
    learnt++;
    double rowsPerVisit = rowsPerPeriod / bins;
    visits[bin] = Math.min(visits[bin] + weight, memory * rowsPerVisit);
    double rate = weight / (visits[bin] + rowsPerVisit);
    double levelRate = weight / Math.min((double) learnt, LEVEL_PERIODS * rowsPerPeriod);
    boolean seasoned = learnt > SEASONED_PERIODS * rowsPerPeriod;
    double errorRate = 1 / Math.max(1.0, learnt - SEASONED_PERIODS * rowsPerPeriod);
    for (int i = 0; i < features; i++) {
      double deviation = values[i] - level[i];
      level[i] += levelRate * deviation;
      double left = deviation - departure(i);
      if (seasoned) {
        withProfile[i] += errorRate * (left * left - withProfile[i]);
        withoutProfile[i] += errorRate * (deviation * deviation - withoutProfile[i]);
        double most = MOST_DEVIATIONS * Math.sqrt(withoutProfile[i]);
        deviation = Math.clamp(deviation, -most, most);
      }
      int place = bin * features + i;
      float before = profile[place];
      profile[place] += (float) (rate * (deviation - before));
      if (middle.length > 0) {
        middle[i] += ((double) profile[place] - before) / bins;
      }
    }
  }

  /// How many rows were learnt.
  long learnt() {
    return learnt;
  }

  /// The mean share of the features' variance that the profile explained in advance.
  double gain() {
    double sum = 0;
    int moving = 0;
    for (int i = 0; i < features; i++) {
      if (withoutProfile[i] > 0) {
        sum += Math.max(0, 1 - withProfile[i] / withoutProfile[i]);
        moving++;
      }
    }
    return moving == 0 ? 0 : sum / moving;
  }

  /// The share of a feature's variance that the profile explained in advance; below 0 if it misled.
  double gain(int feature) {
    double without = withoutProfile[feature];
    return without > 0 ? 1 - withProfile[feature] / without : 0;
  }

  void state(StateTape tape) throws IOException {
    learnt = tape.whole(learnt);
    tape.numbers(level);
    tape.numbers(profile);
    tape.numbers(middle);
    tape.numbers(visits);
    tape.numbers(withProfile);
    tape.numbers(withoutProfile);
  }
}
