package io.fleetward.bench.scoring;

import java.util.Arrays;
import java.util.List;

/// A scored file of the Numenta Anomaly Benchmark. The arrays are not copied and must not change.
public final class NabFile {
  private static final int MOST_PROBATION = 750;

  private final String name;
  private final double[] scores;
  private final boolean[] alarms;
  private final List<Run> windows;

  /// @param scores one a row, the higher the more anomalous; NaN counts as no alarm
  /// @param alarms at the detector's own threshold
  /// @param windows in which an alarm is right, in order, apart from each other
  /// @throws IllegalArgumentException if there are not as many alarms as scores
  public NabFile(String name, double[] scores, boolean[] alarms, List<Run> windows) {
    if (scores.length != alarms.length) {
      throw new IllegalArgumentException(
          "%s: %d scores, but %d alarms".formatted(name, scores.length, alarms.length));
    }
    this.name = name;
    this.scores = scores;
    this.alarms = alarms;
    this.windows = List.copyOf(windows);
  }

  public String name() {
    return name;
  }

  double[] scores() {
    return scores;
  }

  boolean[] alarms() {
    return alarms;
  }

  List<Run> windows() {
    return windows;
  }

  /// The first row that counts: 15 % of the file, at most 750, are for warming up.
  public int probation() {
    return Math.min(scores.length * 15 / 100, MOST_PROBATION);
  }

  /// What an alarm at each row would be worth, whatever the detector says: up to 1 in a window,
  /// more the earlier; below 0 outside.
  public double[] weights(NabProfile profile) {
    double[] weights = new double[scores.length];
    int next = 0;
    for (int row = 0; row < weights.length; row++) {
      while (next < windows.size() && windows.get(next).last() < row) {
        next++;
      }
      if (next < windows.size() && windows.get(next).first() <= row) {
        Run window = windows.get(next);
        double place = -(window.last() - row + 1.0) / window.rows();
        weights[row] = sigmoid(place) / sigmoid(-1);
      } else if (next == 0) {
        weights[row] = -profile.falseAlarm();
      } else {
        Run before = windows.get(next - 1);
        double place = (double) (row - before.last()) / (before.rows() - 1);
        weights[row] = profile.falseAlarm() * sigmoid(place);
      }
    }
    return weights;
  }

  /// The window of each row, -1 outside.
  int[] windowOfRows() {
    int[] windowOfRow = new int[scores.length];
    Arrays.fill(windowOfRow, -1);
    for (int i = 0; i < windows.size(); i++) {
      Arrays.fill(windowOfRow, windows.get(i).first(), windows.get(i).last() + 1, i);
    }
    return windowOfRow;
  }

  private static double sigmoid(double x) {
    return x > 3 ? -1 : 2 / (1 + Math.exp(5 * x)) - 1;
  }
}
