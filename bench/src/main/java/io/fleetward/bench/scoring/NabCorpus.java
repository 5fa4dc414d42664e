package io.fleetward.bench.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoublePredicate;

/// All files of the Numenta Anomaly Benchmark, scored as NAB v1.1 does: one threshold for all.
public record NabCorpus(List<NabFile> files) {
  public NabCorpus {
    files = List.copyOf(files);
  }

  /// A score of the corpus.
  ///
  /// @param score 0 for a detector that never alarms, 100 for a perfect one; may be below 0; NaN
  ///   without windows
  /// @param raw the sum it comes from
  /// @param threshold at which rows alarm; infinite where none does, NaN for own alarms
  public record Score(double score, double raw, double threshold) {}

  private record Row(double score, double weight, int window) {}

  /// The best score at any threshold, chosen on the labels as NAB does; the highest threshold on a
  /// draw.
  public Score optimised(NabProfile profile) {
    List<Row> rows = new ArrayList<>();
    int windows = 0;
    for (NabFile file : files) {
      double[] weights = file.weights(profile);
      int[] windowOfRow = file.windowOfRows();
      for (int row = file.probation(); row < weights.length; row++) {
        if (!Double.isNaN(file.scores()[row])) {
          int window = windowOfRow[row] < 0 ? -1 : windows + windowOfRow[row];
          rows.add(new Row(file.scores()[row], weights[row], window));
        }
      }
      windows += file.windows().size();
    }
    rows.sort(Comparator.comparingDouble(Row::score).reversed());

    double[] best = new double[windows];
    Arrays.fill(best, -profile.missedWindow());
    double raw = -profile.missedWindow() * windows;
    double bestRaw = raw;
    double threshold = Double.POSITIVE_INFINITY;
    int i = 0;
    while (i < rows.size()) {
      double score = rows.get(i).score;
      while (i < rows.size() && rows.get(i).score == score) {
        Row row = rows.get(i++);
        if (row.window < 0) {
          raw += row.weight;
        } else if (row.weight > best[row.window]) {
          raw += row.weight - best[row.window];
          best[row.window] = row.weight;
        }
      }
      if (raw > bestRaw) {
        bestRaw = raw;
        threshold = score;
      }
    }
    return at(profile, threshold);
  }

  /// The score at one threshold; rows at it alarm.
  public Score at(NabProfile profile, double threshold) {
    double raw = 0;
    for (NabFile file : files) {
      raw += raw(file, profile, alarms(file.scores(), score -> score >= threshold));
    }
    return score(profile, raw, threshold);
  }

  /// The score of the alarms that the detector itself raised.
  public Score own(NabProfile profile) {
    double raw = 0;
    for (NabFile file : files) {
      raw += raw(file, profile, file.alarms());
    }
    return score(profile, raw, Double.NaN);
  }

  private static boolean[] alarms(double[] scores, DoublePredicate alarm) {
    boolean[] alarms = new boolean[scores.length];
    for (int row = 0; row < scores.length; row++) {
      alarms[row] = alarm.test(scores[row]);
    }
    return alarms;
  }

  private static double raw(NabFile file, NabProfile profile, boolean[] alarms) {
    double[] weights = file.weights(profile);
    int[] windowOfRow = file.windowOfRows();
    double[] best = new double[file.windows().size()];
    Arrays.fill(best, -profile.missedWindow());
    double raw = 0;
    for (int row = file.probation(); row < weights.length; row++) {
      if (alarms[row] && windowOfRow[row] < 0) {
        raw += weights[row];
      } else if (alarms[row]) {
        best[windowOfRow[row]] = Math.max(best[windowOfRow[row]], weights[row]);
      }
    }
    return raw + Arrays.stream(best).sum();
  }

  private Score score(NabProfile profile, double raw, double threshold) {
    int windows = files.stream().mapToInt(file -> file.windows().size()).sum();
    double silent = -profile.missedWindow() * windows;
    return new Score(100 * (raw - silent) / (windows - silent), raw, threshold);
  }
}
