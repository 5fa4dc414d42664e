package io.fleetward.models.kmeans;

import io.fleetward.models.specification.ModelSpecification.KMeans;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What is usual, without its calibration: a scaling and centroids. Immutable.
///
/// @param centroids in scaled features
record KMeansShape(RobustScaling scaling, Centroids centroids) {
  private static final int ROWS_PER_CENTROID = 15;
  private static final int ROWS_FOR_MORE_BLOCKS = 240;
  private static final double CLIP = 10;

  /// Learns from complete rows, with no more centroids than so few rows can carry. Outliers are
  /// clipped, so that they do not draw centroids to themselves.
  static KMeansShape fit(KMeans specification, double[][] rows) {
    RobustScaling scaling = RobustScaling.fit(specification, rows);
    double[][] scaled =
        Arrays.stream(rows).map(row -> clipped(scaling, row)).toArray(double[][]::new);
    int distinct = (int) Arrays.stream(scaled).map(Arrays::hashCode).distinct().count();
    int wanted = Math.min(specification.centroids(), rows.length / ROWS_PER_CENTROID);
    int centroids = Math.clamp(wanted, 1, distinct);
    return new KMeansShape(
        scaling, TribuoKMeans.read(TribuoKMeans.train(scaled, centroids), scaled[0].length));
  }

  private static double[] clipped(RobustScaling scaling, double[] row) {
    double[] scaled = new double[row.length];
    scaling.scale(row, scaled);
    Arrays.setAll(scaled, i -> Math.clamp(scaled[i], -CLIP, CLIP));
    return scaled;
  }

  /// The distance of a row to the nearest centroid.
  double distance(double[] row) {
    double[] scaled = new double[row.length];
    scaling.scale(row, scaled);
    return centroids.distance(scaled, centroids.nearest(scaled));
  }

  /// For each row its distance by a shape that has not seen it.
  ///
  /// The rows are cut into blocks of time; each block is measured by a shape fitted to the others.
  /// Blocks, because neighbouring rows resemble each other: rows held out one by one would lie as
  /// near as those learnt.
  static double[] heldOutDistances(KMeans specification, double[][] rows) {
    int blocks = rows.length < ROWS_FOR_MORE_BLOCKS ? 2 : 4;
    double[] distances = new double[rows.length];
    for (int block = 0; block < blocks; block++) {
      int from = block * rows.length / blocks;
      int to = (block + 1) * rows.length / blocks;
      double[][] others =
          IntStream.range(0, rows.length)
              .filter(i -> i < from || i >= to)
              .mapToObj(i -> rows[i])
              .toArray(double[][]::new);
      KMeansShape shape = fit(specification, others);
      for (int i = from; i < to; i++) {
        distances[i] = shape.distance(rows[i]);
      }
    }
    return distances;
  }
}
