package io.fleetward.models.kmeans;

/// Usual behaviours, in scaled features, as one flat array. Immutable.
final class Centroids {
  private final int width;
  private final double[] values;

  /// @param values centroid after centroid, each of `width` values
  Centroids(int width, double[] values) {
    this.width = width;
    this.values = values;
  }

  int count() {
    return values.length / width;
  }

  double value(int centroid, int feature) {
    return values[centroid * width + feature];
  }

  double[] values() {
    return values.clone();
  }

  /// The nearest centroid by the features that have a value; the first of equally near ones.
  int nearest(double[] scaled) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int centroid = 0; centroid < count(); centroid++) {
      double squared = squaredDistance(scaled, centroid);
      if (squared < least) {
        least = squared;
        nearest = centroid;
      }
    }
    return nearest;
  }

  double distance(double[] scaled, int centroid) {
    return Math.sqrt(squaredDistance(scaled, centroid));
  }

  private double squaredDistance(double[] scaled, int centroid) {
    double sum = 0;
    int from = centroid * width;
    for (int i = 0; i < width; i++) {
      double deviation = scaled[i] - values[from + i];
      // Features without a value add nothing.
      if (!Double.isNaN(deviation)) {
        sum += deviation * deviation;
      }
    }
    return sum;
  }
}
