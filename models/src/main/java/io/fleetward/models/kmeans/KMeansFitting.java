package io.fleetward.models.kmeans;

import io.fleetward.models.calibration.TailCalibration;
import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.ModelSpecification.KMeans;
import io.fleetward.models.specification.TrainingSpecification;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Fits a K-Means model to the complete rows of a request, and calibrates it on rows that the
/// measuring model had not seen.
final class KMeansFitting {
  private static final double ENOUGH_PRESENT = 0.9;

  private final FitRequest request;
  private final KMeans specification;

  KMeansFitting(FitRequest request) {
    this.request = request;
    this.specification = request.specification();
  }

  Fit fit(Instant at) {
    double[][] rows = request.rows();
    int[] used =
        IntStream.range(0, specification.features().size()).filter(this::isPresent).toArray();
    if (used.length == 0) {
      return new Fit.Refused("no feature has a value in 90 %% of %d rows".formatted(rows.length));
    }
    int[] complete =
        IntStream.range(0, rows.length).filter(row -> isComplete(rows[row], used)).toArray();
    if (complete.length < TrainingSpecification.LEAST_ROWS) {
      return new Fit.Refused(
          "only %d of %d rows are complete; a fit needs %d"
              .formatted(complete.length, rows.length, TrainingSpecification.LEAST_ROWS));
    }
    return new Fit.Fitted(fit(used, complete, at));
  }

  private FittedModel fit(int[] used, int[] complete, Instant at) {
    KMeans narrowed = narrow(used);
    double[][] rows =
        Arrays.stream(complete)
            .mapToObj(row -> pick(request.rows()[row], used))
            .toArray(double[][]::new);
    int start = startUp(narrowed, rows);
    double[][] settled = Arrays.copyOfRange(rows, start, rows.length);
    var calibration = TailCalibration.fit(KMeansShape.heldOutDistances(narrowed, settled));
    KMeansShape shape = KMeansShape.fit(narrowed, settled);
    var provenance =
        new ModelProvenance(
            specification.name(),
            specification.series(),
            request.learnt(),
            start == 0 ? 0 : request.sequences()[complete[start]],
            settled.length,
            calibration.effectiveRows(),
            TribuoKMeans.SEED,
            at,
            TribuoKMeans.VERSION);
    return new FittedModel(
        provenance,
        used,
        RobustScaling.directions(narrowed),
        shape.scaling(),
        shape.centroids(),
        calibration);
  }

  private int startUp(KMeans narrowed, double[][] rows) {
    boolean young = specification.training().isYoung(request.learnt());
    return young && rows.length >= 2 * TrainingSpecification.LEAST_ROWS
        ? StartUp.length(narrowed, rows)
        : 0;
  }

  private boolean isPresent(int feature) {
    long present =
        Arrays.stream(request.rows()).filter(row -> Double.isFinite(row[feature])).count();
    return present > 0 && present >= ENOUGH_PRESENT * request.rows().length;
  }

  private static boolean isComplete(double[] row, int[] used) {
    return Arrays.stream(used).allMatch(feature -> Double.isFinite(row[feature]));
  }

  private static double[] pick(double[] row, int[] used) {
    return Arrays.stream(used).mapToDouble(feature -> row[feature]).toArray();
  }

  /// The specification with the used features alone.
  private KMeans narrow(int[] used) {
    List<FeatureSpecification> features =
        Arrays.stream(used).mapToObj(specification.features()::get).toList();
    return new KMeans(
        specification.name(),
        specification.score(),
        features,
        specification.centroids(),
        specification.training(),
        specification.anomalousAt());
  }
}
