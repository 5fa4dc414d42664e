package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// Mean and variance of each of some values as they come.
final class Spreads {
  private final double[] mean;
  private final double[] variance;
  private double weight;

  Spreads(int width) {
    this.mean = new double[width];
    this.variance = new double[width];
  }

  void add(double[] values, double rowWeight) {
    weight += rowWeight;
    double rate = rowWeight / weight;
    for (int i = 0; i < mean.length; i++) {
      double deviation = values[i] - mean[i];
      mean[i] += rate * deviation;
      variance[i] = (1 - rate) * (variance[i] + rate * deviation * deviation);
    }
  }

  void fade(double share) {
    weight *= share;
  }

  void clear() {
    weight = 0;
    Arrays.fill(mean, 0);
    Arrays.fill(variance, 0);
  }

  double mean(int i) {
    return mean[i];
  }

  double variance(int i) {
    return variance[i];
  }

  void state(StateTape tape) throws IOException {
    weight = tape.number(weight);
    tape.numbers(mean);
    tape.numbers(variance);
  }
}
