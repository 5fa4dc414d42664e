package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// Mean and covariance of rows as they come, with or without forgetting.
final class Moments {
  private final int width;
  private final double[] mean;
  private final double[] covariance; // the upper triangle, row by row
  private final double[] deviation;
  private double weight;

  Moments(int width) {
    this.width = width;
    this.mean = new double[width];
    this.covariance = new double[width * width];
    this.deviation = new double[width];
  }

  /// Learns a row.
  ///
  /// @param rowWeight 0 to 1
  /// @param memory so many rows at most; older ones fade
  void add(double[] row, double rowWeight, double memory) {
    weight = Math.min(weight + rowWeight, memory);
    double rate = rowWeight / weight;
    for (int i = 0; i < width; i++) {
      deviation[i] = row[i] - mean[i];
      mean[i] += rate * deviation[i];
    }
    double keep = 1 - rate;
    for (int i = 0; i < width; i++) {
      int from = i * width;
      double factor = rate * keep * deviation[i];
      for (int j = i; j < width; j++) {
        covariance[from + j] = keep * covariance[from + j] + factor * deviation[j];
      }
    }
  }

  /// Lets what was learnt so far count less beside what follows.
  void fade(double share) {
    weight *= share;
  }

  void clear() {
    weight = 0;
    Arrays.fill(mean, 0);
    Arrays.fill(covariance, 0);
  }

  double weight() {
    return weight;
  }

  double mean(int i) {
    return mean[i];
  }

  double covariance(int i, int j) {
    return i <= j ? covariance[i * width + j] : covariance[j * width + i];
  }

  int width() {
    return width;
  }

  void state(StateTape tape) throws IOException {
    weight = tape.number(weight);
    tape.numbers(mean);
    tape.numbers(covariance);
  }
}
