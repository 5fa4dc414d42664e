package io.fleetward.models.stream;

import java.io.IOException;

/// The members of the ensemble: five distances of a row from what is usual, two of all history, two
/// of the recent days, one of the last rows.
final class Members {
  static final int COUNT = 5;

  private final double[] floors;
  private final int usual;
  private final Channels channels;
  private final double[] z;
  private final double[] winsorised;
  private final double[] extremeZ;

  private final Moments moments;
  private final Spreads extremeSpreads;
  private final RowSample history;
  private final RowSample newest;

  private final Standard standard;
  private final Standard extremeStandard;
  private final RidgeDistance frozen;
  private final Neighbours usualRows;
  private final DriftingDistance drifting;
  private final Neighbours recentRows;

  private final Caution driftCaution;
  private final Caution rowCaution;
  private final Caution historyCaution;

  private final double[] distances = new double[COUNT];
  private final Explanation explanation;
  private boolean fitted;

  /// @param floors for each feature the smallest deviation that means anything
  /// @param channels hold the row that is measured and learnt
  Members(double[] floors, Channels channels, EnsembleSettings settings) {
    int features = floors.length;
    int width = channels.width();
    this.floors = floors;
    this.usual = settings.usualRows();
    this.channels = channels;
    this.z = new double[width];
    this.winsorised = new double[width];
    this.extremeZ = new double[features];
    this.moments = new Moments(width);
    this.extremeSpreads = new Spreads(features);
    this.history = new RowSample(width, usual, 1);
    this.newest = new RowSample(width, usual, 2);
    this.standard = new Standard(width, settings.linearTo());
    this.extremeStandard = new Standard(features, settings.linearTo());
    this.frozen = new RidgeDistance(width, settings.ridge());
    this.usualRows = new Neighbours(width, usual);
    this.drifting = new DriftingDistance(width, settings.ridge());
    this.recentRows = new Neighbours(width, usual);
    this.driftCaution = new Caution(settings.caution());
    this.rowCaution = new Caution(settings.caution());
    this.historyCaution = new Caution(settings.caution());
    this.explanation = new Explanation(features, channels, standard, usualRows);
  }

  /// Whether there is anything to measure a row by.
  boolean isFitted() {
    return fitted;
  }

  /// The distances of the row in the channels, one from each member; valid until the next row.
  double[] measure() {
    standard.of(channels.vector(), z);
    distances[0] = frozen.of(z);
    distances[1] = usualRows.of(z);
    distances[2] = drifting.of(z);
    distances[3] = recentRows.of(z);
    extremeStandard.of(channels.extremes(), extremeZ);
    double most = 0;
    for (double deviation : extremeZ) {
      most = Math.max(most, Math.abs(deviation));
    }
    distances[4] = most;
    return distances;
  }

  /// Learns the row in the channels, once fitted the one measured last.
  ///
  /// @param trusted whether it teaches in full, however far out it lies
  /// @param rows so many were learnt, with this one
  /// @param memory of all that is recent, in rows
  void learn(boolean trusted, long rows, double memory) {
    double[] vector = channels.vector();
    double[] row = vector;
    double drift = 1;
    double recent = 1;
    double past = 1;
    if (fitted) {
      for (int i = 0; i < z.length; i++) {
        winsorised[i] = standard.winsorised(i, z[i]);
      }
      row = winsorised;
      past = historyCaution.weigh(distances[0]);
      drift = driftCaution.weigh(distances[2]);
      recent = rowCaution.weigh(distances[3]);
    }
    double pastWeight = trusted ? 1 : past;
    moments.add(row, pastWeight, Double.POSITIVE_INFINITY);
    drifting.learn(row, drift, memory);
    double[] extremes = channels.extremes();
    if (fitted) {
      for (int i = 0; i < extremeZ.length; i++) {
        extremes[i] = extremeStandard.winsorised(i, extremeZ[i]);
      }
    }
    extremeSpreads.add(extremes, pastWeight);
    history.offer(vector, pastWeight);
    double stride = Math.max(1, Math.min((double) rows, memory) / usual);
    int place = newest.offerNewest(vector, recent / stride);
    if (fitted) {
      if (place >= 0) {
        recentRows.put(place, z);
      }
      drifting.follow(standard, false);
    }
  }

  /// Brings the members up to date with all that was learnt.
  void fit() {
    for (int i = 0; i < z.length; i++) {
      double floor = floors[channels.featureOf(i)];
      standard.set(i, moments.mean(i), scale(moments.mean(i), moments.covariance(i, i), floor));
    }
    for (int i = 0; i < extremeZ.length; i++) {
      extremeStandard.set(
          i,
          extremeSpreads.mean(i),
          scale(extremeSpreads.mean(i), extremeSpreads.variance(i), floors[i]));
    }
    frozen.fit(moments, standard);
    fill(usualRows, history);
    fill(recentRows, newest);
    drifting.follow(standard, true);
    standard.of(channels.vector(), z);
    usualRows.of(z);
    fitted = true;
  }

  private static double scale(double mean, double variance, double floor) {
    double scale = Math.max(Math.sqrt(variance), floor);
    double size = Math.abs(mean);
    return scale > 1e-9 * size + 1e-300 ? scale : Math.max(1e-3 * size, 1e-3);
  }

  private void fill(Neighbours neighbours, RowSample from) {
    neighbours.clear();
    for (int place = 0; place < from.count(); place++) {
      from.read(place, winsorised);
      standard.of(winsorised, z);
      neighbours.put(place, z);
    }
  }

  /// Lets all history count less beside what follows.
  void fade(double share) {
    moments.fade(share);
    extremeSpreads.fade(share);
  }

  /// Forgets all history but not what the members made of it: rows from now on lie closer together.
  void forgetHistory() {
    moments.clear();
    extremeSpreads.clear();
    history.clear();
  }

  /// Forgets everything: rows from now on mean something else.
  void clear() {
    moments.clear();
    drifting.clear();
    history.clear();
    newest.clear();
    extremeSpreads.clear();
    fitted = false;
  }

  /// As [RowScorer#contributions] says, of the row measured last.
  ///
  /// @param stuck a feature that stands out because it stands still; -1 if none does
  int strongest(int stuck, int[] columns, double[] shares) {
    return explanation.strongest(z, stuck, columns, shares);
  }

  /// As [RowScorer#expected] says, of the row measured last.
  double expected(int feature) {
    return explanation.expected(feature);
  }

  void state(StateTape tape) throws IOException {
    fitted = tape.flag(fitted);
    tape.numbers(z);
    moments.state(tape);
    extremeSpreads.state(tape);
    history.state(tape);
    newest.state(tape);
    standard.state(tape);
    extremeStandard.state(tape);
    frozen.state(tape);
    usualRows.state(tape);
    drifting.state(tape);
    recentRows.state(tape);
    driftCaution.state(tape);
    rowCaution.state(tape);
    historyCaution.state(tape);
  }
}
