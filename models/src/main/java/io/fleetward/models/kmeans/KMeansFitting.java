package io.fleetward.models.kmeans;

import io.fleetward.models.calibration.TailCalibration;
import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.models.specification.TrainingSpecification;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Fits a K-Means model and calibrates it on rows that the measuring model had not seen.
///
/// For the calibration the rows are cut into blocks of time; each block is measured by a model
/// (scaling and centroids) fitted to the other blocks. Blocks, because neighbouring rows resemble
/// each other: rows held out one by one would be as near as the rows learnt.
final class KMeansFitting {
  private static final double ENOUGH_PRESENT = 0.9;
  private static final int ROWS_PER_CENTROID = 15;
  private static final int ROWS_FOR_MORE_BLOCKS = 240;
  private static final double CLIP = 10;

  private KMeansFitting() {}

  static Fit fit(ModelSpecification specification, double[][] rows, long learnt, Instant at) {
    List<FeatureSpecification> features = specification.features();
    int[] used = IntStream.range(0, features.size()).filter(i -> isPresent(rows, i)).toArray();
    if (used.length == 0) {
      return new Fit.Refused("no feature has a value in 90 %% of %d rows".formatted(rows.length));
    }
    double[][] complete =
        Arrays.stream(rows)
            .map(row -> pick(row, used))
            .filter(row -> Arrays.stream(row).allMatch(Double::isFinite))
            .toArray(double[][]::new);
    if (complete.length < TrainingSpecification.LEAST_ROWS) {
      return new Fit.Refused(
          "only %d of %d rows are complete; a fit needs %d"
              .formatted(complete.length, rows.length, TrainingSpecification.LEAST_ROWS));
    }
    ModelSpecification narrowed = narrow(specification, used);
    var calibration = TailCalibration.fit(heldOutDistances(narrowed, complete));
    Shape shape = shape(narrowed, complete);
    var provenance =
        new ModelProvenance(
            specification.name(),
            specification.series(),
            learnt,
            complete.length,
            calibration.effectiveRows(),
            TribuoKMeans.SEED,
            at,
            TribuoKMeans.VERSION);
    return new Fit.Fitted(
        new FittedModel(
            provenance,
            used,
            RobustScaling.directions(narrowed),
            shape.scaling(),
            shape.centroids(),
            calibration));
  }

  /// What is normal, without its calibration.
  private record Shape(RobustScaling scaling, Centroids centroids) {
    double distance(double[] row) {
      double[] scaled = new double[row.length];
      scaling.scale(row, scaled);
      return centroids.distance(scaled, centroids.nearest(scaled));
    }
  }

  private static Shape shape(ModelSpecification specification, double[][] rows) {
    RobustScaling scaling = RobustScaling.fit(specification, rows);
    double[][] scaled = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      scaled[i] = new double[rows[i].length];
      scaling.scale(rows[i], scaled[i]);
      for (int j = 0; j < scaled[i].length; j++) {
        scaled[i][j] = Math.clamp(scaled[i][j], -CLIP, CLIP);
      }
    }
    int distinct = (int) Arrays.stream(scaled).map(Arrays::hashCode).distinct().count();
    int wanted = Math.min(specification.centroids(), rows.length / ROWS_PER_CENTROID);
    int centroids = Math.clamp(wanted, 1, Math.max(1, distinct));
    return new Shape(
        scaling, TribuoKMeans.read(TribuoKMeans.train(scaled, centroids), scaled[0].length));
  }

  private static double[] heldOutDistances(ModelSpecification specification, double[][] rows) {
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
      Shape shape = shape(specification, others);
      for (int i = from; i < to; i++) {
        distances[i] = shape.distance(rows[i]);
      }
    }
    return distances;
  }

  private static boolean isPresent(double[][] rows, int feature) {
    long present = Arrays.stream(rows).filter(row -> Double.isFinite(row[feature])).count();
    return present > 0 && present >= ENOUGH_PRESENT * rows.length;
  }

  private static double[] pick(double[] row, int[] used) {
    return Arrays.stream(used).mapToDouble(i -> row[i]).toArray();
  }

  private static ModelSpecification narrow(ModelSpecification specification, int[] used) {
    return new ModelSpecification(
        specification.name(),
        specification.score(),
        Arrays.stream(used).mapToObj(specification.features()::get).toList(),
        specification.detector(),
        specification.centroids(),
        specification.training(),
        specification.anomalousAt());
  }
}
