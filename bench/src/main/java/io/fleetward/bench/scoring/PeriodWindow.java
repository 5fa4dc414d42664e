package io.fleetward.bench.scoring;

/// The buffer that the TSB-AD benchmark gives a series: the strongest period of its first metric.
public final class PeriodWindow {
  private static final int ROWS = 20_000;
  private static final int FIRST_LAG = 3;
  private static final int LAST_LAG = 400;
  private static final int SHORTEST = 6;
  private static final int LONGEST = 303;
  private static final int DEFAULT = 125;

  private PeriodWindow() {}

  /// The lag of the highest peak of the autocorrelation, or 125 where none is usable.
  ///
  /// @param values all finite; only the first 20,000 are read
  public static int of(double[] values) {
    int rows = Math.min(values.length, ROWS);
    double mean = 0;
    for (int i = 0; i < rows; i++) {
      mean += values[i] / rows;
    }
    double[] centred = new double[rows];
    for (int i = 0; i < rows; i++) {
      centred[i] = values[i] - mean;
    }
    double[] correlation = new double[Math.min(LAST_LAG, rows - 1) + 1];
    for (int lag = FIRST_LAG; lag < correlation.length; lag++) {
      double sum = 0;
      for (int i = lag; i < rows; i++) {
        sum += centred[i] * centred[i - lag];
      }
      correlation[lag] = sum;
    }
    int best = -1;
    for (int lag = FIRST_LAG + 1; lag < correlation.length - 1; lag++) {
      boolean peak =
          correlation[lag] > correlation[lag - 1] && correlation[lag] > correlation[lag + 1];
      if (peak && (best < 0 || correlation[lag] > correlation[best])) {
        best = lag;
      }
    }
    return best < SHORTEST || best > LONGEST ? DEFAULT : best;
  }
}
