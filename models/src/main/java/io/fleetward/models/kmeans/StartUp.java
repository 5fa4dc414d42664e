package io.fleetward.models.kmeans;

import io.fleetward.models.calibration.TailCalibration;
import io.fleetward.models.specification.ModelSpecification.KMeans;
import java.util.Arrays;

/// Finds the end of a start that is unlike what followed: services starting with the agent, caches
/// filling. Learnt as usual, it would hide the very faults that look like it.
final class StartUp {
  private static final double UNLIKE = 0.9;
  private static final double MOSTLY = 0.8;

  private StartUp() {}

  /// How many leading rows, at most half of them, are unlike the newer half: each from the first
  /// row on, bar a few, would be anomalous to a model of that half.
  static int length(KMeans specification, double[][] rows) {
    int half = rows.length / 2;
    double[][] newer = Arrays.copyOfRange(rows, half, rows.length);
    KMeansShape shape = KMeansShape.fit(specification, newer);
    TailCalibration calibration =
        TailCalibration.fit(KMeansShape.heldOutDistances(specification, newer));
    int length = 0;
    int unlike = 0;
    for (int i = 0; i < half && unlike >= MOSTLY * i; i++) {
      if (calibration.score(shape.distance(rows[i])) >= UNLIKE) {
        unlike++;
        length = i + 1;
      }
    }
    return length;
  }
}
