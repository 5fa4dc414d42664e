package io.fleetward.rules.evaluation;

import java.util.Arrays;

/// Quantiles of values held in a buffer that is used again. Confined to one thread.
final class Quantile {
  private double[] sorted = new double[16];
  private int size;

  void restart() {
    size = 0;
  }

  void add(double value) {
    if (size == sorted.length) {
      sorted = Arrays.copyOf(sorted, 2 * size);
    }
    sorted[size++] = value;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The quantile, interpolated between neighbours; NaN values count as the smallest.
  double value(double quantile) {
    if (size == 0 || Double.isNaN(quantile)) {
      return Double.NaN;
    }
    if (quantile < 0 || quantile > 1) {
      return quantile < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    sort();
    double rank = quantile * (size - 1);
    double floor = Math.floor(rank);
    int lower = Math.max(0, (int) floor);
    int upper = Math.min(size - 1, lower + 1);
    double weight = rank - floor;
    return sorted[lower] * (1 - weight) + sorted[upper] * weight;
  }

  /// Replaces each value by its distance from `centre`.
  void toDistances(double centre) {
    for (int i = 0; i < size; i++) {
      sorted[i] = Math.abs(sorted[i] - centre);
    }
  }

  private void sort() {
    int numbers = size;
    for (int i = 0; i < numbers; i++) {
      while (i < numbers && Double.isNaN(sorted[i])) {
        sorted[i] = sorted[--numbers];
      }
    }
    Arrays.sort(sorted, 0, numbers);
    int notNumbers = size - numbers;
    System.arraycopy(sorted, 0, sorted, notNumbers, numbers);
    Arrays.fill(sorted, 0, notNumbers, Double.NaN);
  }
}
