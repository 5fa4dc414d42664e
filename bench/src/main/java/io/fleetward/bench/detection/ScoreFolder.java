package io.fleetward.bench.detection;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keeps the scores of each series as a file `SET/SERIES.csv`, for those who develop detectors.
record ScoreFolder(Path folder) implements Judgement.ScoreListener {
  @Override
  public void scored(SeriesSource source, SeriesScores scores, boolean[] labels) {
    Path file =
        folder
            .resolve(source.set())
            .resolve(source.name().replace('/', '-').replace(".csv", "") + ".csv");
    try {
      Files.createDirectories(file.resolveSibling("."));
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        out.write("index,label,score,threshold,alarm\n");
        for (int row = 0; row < labels.length; row++) {
          out.write(
              row
                  + (labels[row] ? ",1," : ",0,")
                  + text(scores.scores()[row])
                  + ','
                  + text(scores.thresholds()[row])
                  + (scores.alarms()[row] ? ",1\n" : ",0\n"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), e);
    }
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
