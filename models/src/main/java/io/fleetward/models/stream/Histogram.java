package io.fleetward.models.stream;

import java.io.IOException;

/// Counts of values in equal bins; values beyond the ends count in the end bins.
final class Histogram {
  private final double from;
  private final double width;
  private final float[] counts;
  private double total;

  Histogram(double from, double to, int bins) {
    this.from = from;
    this.width = (to - from) / bins;
    this.counts = new float[bins];
  }

  void add(double value, double weight) {
    counts[bin(value)] += (float) weight;
    total += weight;
  }

  private int bin(double value) {
    return (int) Math.clamp((value - from) / width, 0, counts.length - 1);
  }

  /// Lets what was counted so far count less beside what follows.
  void fade(double share) {
    total = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] *= (float) share;
      total += counts[i];
    }
  }

  double total() {
    return total;
  }

  /// The value below which this share lies, interpolated; 0 while nothing was counted.
  double quantile(double share) {
    double wanted = share * total;
    double below = 0;
    for (int i = 0; i < counts.length; i++) {
      if (below + counts[i] >= wanted && counts[i] > 0) {
        return from + width * (i + (wanted - below) / counts[i]);
      }
      below += counts[i];
    }
    return 0;
  }

  /// The share above the lower end of each bin, and 0 after the last.
  void sharesAbove(float[] shares) {
    double sum = 0;
    shares[counts.length] = 0;
    for (int i = counts.length - 1; i >= 0; i--) {
      sum += counts[i];
      shares[i] = (float) (sum / total);
    }
  }

  /// The mean of what was counted above a value, less that value; 0 if there is nothing.
  double meanExcess(double value) {
    int bin = bin(value);
    double sum = 0;
    double excess = 0;
    for (int i = bin + 1; i < counts.length; i++) {
      sum += counts[i];
      excess += counts[i] * (from + width * (i + 0.5) - value);
    }
    return sum > 0 ? excess / sum : 0;
  }

  void state(StateTape tape) throws IOException {
    total = tape.number(total);
    tape.numbers(counts);
  }
}
