package io.fleetward.bench.scoring;

import java.util.List;

/// Whether scores mean what they say: of healthy rows, a share of p should score above 1 - p.
///
/// @param rows without label that have a score
/// @param above90 those that score above 0.9, and so on
public record Calibration(long rows, long above90, long above99, long above999) {

  public static Calibration of(double[] scores, boolean[] labels) {
    long rows = 0;
    long above90 = 0;
    long above99 = 0;
    long above999 = 0;
    for (int row = 0; row < scores.length; row++) {
      if (!labels[row] && !Double.isNaN(scores[row])) {
        rows++;
        above90 += scores[row] > 0.9 ? 1 : 0;
        above99 += scores[row] > 0.99 ? 1 : 0;
        above999 += scores[row] > 0.999 ? 1 : 0;
      }
    }
    return new Calibration(rows, above90, above99, above999);
  }

  /// The calibration on several series together.
  public static Calibration all(List<Calibration> parts) {
    return new Calibration(
        parts.stream().mapToLong(Calibration::rows).sum(),
        parts.stream().mapToLong(Calibration::above90).sum(),
        parts.stream().mapToLong(Calibration::above99).sum(),
        parts.stream().mapToLong(Calibration::above999).sum());
  }
}
