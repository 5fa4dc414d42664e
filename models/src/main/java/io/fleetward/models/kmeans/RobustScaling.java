package io.fleetward.models.kmeans;

import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.FeatureSpecification.Direction;
import io.fleetward.models.specification.ModelSpecification.KMeans;
import java.util.Arrays;
import java.util.List;

/// Brings features to one unit: deviations from the median in robust standard deviations, or in
/// smallest meaningful deviations where the feature moves less. Immutable.
///
/// Deviations to the side that does not count become 0, so that distances are plain Euclidean ones.
final class RobustScaling {
  /// Finite, so that distances are too; far beyond any deviation that tells more.
  private static final double MOST_DEVIATION = 1e6;

  /// Quartiles of a normal distribution lie this many standard deviations apart.
  private static final double QUARTILES_APART = 1.349;

  private final double[] medians;
  private final double[] scales;
  private final double[] least;
  private final double[] most;

  /// @param scales above 0
  RobustScaling(double[] medians, double[] scales, List<Direction> directions) {
    this.medians = medians;
    this.scales = scales;
    this.least = new double[medians.length];
    this.most = new double[medians.length];
    for (int i = 0; i < medians.length; i++) {
      least[i] = directions.get(i) == Direction.UP ? 0 : -MOST_DEVIATION;
      most[i] = directions.get(i) == Direction.DOWN ? 0 : MOST_DEVIATION;
    }
  }

  /// Learns medians and scales; values that are not finite are left out.
  static RobustScaling fit(KMeans specification, double[][] rows) {
    int width = specification.features().size();
    double[] medians = new double[width];
    double[] scales = new double[width];
    for (int i = 0; i < width; i++) {
      int feature = i;
      FeatureSpecification about = specification.features().get(i);
      double[] values =
          Arrays.stream(rows)
              .mapToDouble(row -> row[feature])
              .filter(Double::isFinite)
              .sorted()
              .toArray();
      medians[i] = quantile(values, 0.5);
      double spread = quantile(values, 0.75) - quantile(values, 0.25);
      scales[i] = Math.max(spread / QUARTILES_APART, about.scaleFloor());
    }
    return new RobustScaling(medians, scales, directions(specification));
  }

  static List<Direction> directions(KMeans specification) {
    return specification.features().stream().map(FeatureSpecification::direction).toList();
  }

  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /// The scaled deviation; NaN for a value that is not finite.
  double scale(int feature, double value) {
    return Double.isFinite(value)
        ? Math.clamp((value - medians[feature]) / scales[feature], least[feature], most[feature])
        : Double.NaN;
  }

  void scale(double[] row, double[] into) {
    for (int i = 0; i < row.length; i++) {
      into[i] = scale(i, row[i]);
    }
  }

  /// The value, in the feature's unit, that has this scaled deviation.
  double unscale(int feature, double deviation) {
    return medians[feature] + deviation * scales[feature];
  }

  double[] medians() {
    return medians.clone();
  }

  double[] scales() {
    return scales.clone();
  }
}
