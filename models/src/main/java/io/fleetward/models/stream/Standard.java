package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// Channels in standard deviations from their mean. Large deviations grow only with their logarithm
/// (and never stop growing), so that one wild channel does not drown the others.
final class Standard {
  private final double linearTo;
  private final double[] mean;
  private final double[] scale;

  Standard(int width, double linearTo) {
    this.linearTo = linearTo;
    this.mean = new double[width];
    this.scale = new double[width];
    Arrays.fill(scale, 1);
  }

  void set(int i, double newMean, double newScale) {
    mean[i] = newMean;
    scale[i] = newScale;
  }

  double mean(int i) {
    return mean[i];
  }

  double scale(int i) {
    return scale[i];
  }

  double of(int i, double value) {
    return soften((value - mean[i]) / scale[i]);
  }

  void of(double[] values, double[] standard) {
    for (int i = 0; i < mean.length; i++) {
      standard[i] = soften((values[i] - mean[i]) / scale[i]);
    }
  }

  /// The value pulled in to where its softened deviation puts it.
  double winsorised(int i, double standard) {
    return mean[i] + scale[i] * standard;
  }

  /// The value with this softened deviation: undoes [#of].
  double value(int i, double standard) {
    double size = Math.abs(standard);
    double deviation =
        size <= linearTo
            ? standard
            : Math.copySign(linearTo * Math.exp(size / linearTo - 1), standard);
    return mean[i] + scale[i] * deviation;
  }

  private double soften(double deviation) {
    double size = Math.abs(deviation);
    if (size <= linearTo) {
      return deviation;
    }
    return Math.copySign(linearTo * (1 + Math.log(size / linearTo)), deviation);
  }

  void state(StateTape tape) throws IOException {
    tape.numbers(mean);
    tape.numbers(scale);
  }
}
