package io.fleetward.models.stream;

import java.io.IOException;

/// Distance from a mean in units of a covariance (Mahalanobis) that both follow the host with a
/// memory of some days.
final class DriftingDistance {
  private static final int FACTOR_EVERY = 10;
  private static final double LEAST_PIVOT = 1e-12;

  private final int width;
  private final double ridge;
  private final Moments moments;
  private final double[] factor; // factor[k * width + i], i >= k: column k of the Cholesky factor
  private final double[] solved;
  private final double[] middle;
  private long learnt;

  DriftingDistance(int width, double ridge) {
    this.width = width;
    this.ridge = ridge;
    this.moments = new Moments(width);
    this.factor = new double[width * width];
    this.solved = new double[width];
    this.middle = new double[width];
  }

  double of(double[] standard) {
    for (int i = 0; i < width; i++) {
      solved[i] = standard[i] - middle[i];
    }
    double sum = 0;
    for (int k = 0; k < width; k++) {
      int from = k * width;
      double value = solved[k] / factor[from + k];
      sum += value * value;
      for (int i = k + 1; i < width; i++) {
        solved[i] -= factor[from + i] * value;
      }
    }
    return Math.sqrt(sum);
  }

  /// Learns a row of channels in their own units.
  void learn(double[] row, double weight, double memory) {
    moments.add(row, weight, memory);
    learnt++;
  }

  /// Brings the distance up to date with what was learnt, if it is due or `now`.
  void follow(Standard standard, boolean now) {
    if (!now && learnt % FACTOR_EVERY != 0) {
      return;
    }
    for (int i = 0; i < width; i++) {
      middle[i] = (moments.mean(i) - standard.mean(i)) / standard.scale(i);
      for (int j = i; j < width; j++) {
        factor[i * width + j] = moments.covariance(i, j) / (standard.scale(i) * standard.scale(j));
      }
      factor[i * width + i] += ridge;
    }
    factorise();
  }

  void clear() {
    moments.clear();
  }

  private void factorise() {
    for (int k = 0; k < width; k++) {
      int from = k * width;
      double pivot = Math.sqrt(Math.max(factor[from + k], LEAST_PIVOT));
      factor[from + k] = pivot;
      for (int i = k + 1; i < width; i++) {
        factor[from + i] /= pivot;
      }
      for (int j = k + 1; j < width; j++) {
        int row = j * width;
        double share = factor[from + j];
        for (int i = j; i < width; i++) {
          factor[row + i] -= share * factor[from + i];
        }
      }
    }
  }

  void state(StateTape tape) throws IOException {
    learnt = tape.whole(learnt);
    moments.state(tape);
    tape.numbers(middle);
    tape.numbers(factor);
  }
}
