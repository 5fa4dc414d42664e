package io.fleetward.bench.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetward.bench.scoring.Run;
import io.fleetward.models.table.BadTableException;
import io.fleetward.models.table.CsvTable;
import io.fleetward.models.table.FeatureTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Reads what experts said about the rows of a file.
final class Labels {
  private Labels() {}

  /// An event and the metrics, from 0, that experts hold for its cause.
  record Cause(Run event, BitSet metrics) {}

  /// The column `label` of a file: 1 where the row is anomalous.
  ///
  /// @throws BadTableException if there is none
  static boolean[] column(Path file) {
    try (CsvTable table = CsvTable.open(file)) {
      int column = table.columns().indexOf(FeatureTable.LABEL);
      if (column < 0) {
        throw new BadTableException(
            "%s:1: column \"%s\" is missing".formatted(file, FeatureTable.LABEL));
      }
      BitSet marked = new BitSet();
      int rows = 0;
      while (table.next()) {
        marked.set(rows++, table.number(column) > 0);
      }
      boolean[] labels = new boolean[rows];
      marked.stream().forEach(row -> labels[row] = true);
      return labels;
    }
  }

  /// The windows that NAB gives each file.
  static JsonNode windows(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
  }

  /// The windows of one file as rows: a time means the first row that has it.
  static List<Run> windows(JsonNode windows, Path file) {
    List<String> times = new ArrayList<>();
    try (CsvTable table = CsvTable.open(file)) {
      int column = table.columns().indexOf(FeatureTable.TIME);
      while (table.next()) {
        times.add(table.text(column));
      }
    }
    List<Run> runs = new ArrayList<>();
    for (JsonNode window : windows) {
      runs.add(new Run(row(times, window.get(0)), row(times, window.get(1))));
    }
    return runs;
  }

  private static int row(List<String> times, JsonNode time) {
    return times.indexOf(time.asText().substring(0, "2014-04-10 07:15:00".length()));
  }

  static boolean[] marks(List<Run> runs, int rows) {
    boolean[] marks = new boolean[rows];
    for (Run run : runs) {
      for (int row = run.first(); row <= run.last(); row++) {
        marks[row] = true;
      }
    }
    return marks;
  }

  /// Reads lines such as `760-765:4,5,7`: rows from 0, metrics from 1.
  ///
  /// @param lastIncluded whether the second row belongs to the event
  static List<Cause> causes(Path file, boolean lastIncluded) {
    List<Cause> causes = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          causes.add(cause(line, lastIncluded));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
    return causes;
  }

  private static Cause cause(String line, boolean lastIncluded) {
    int dash = line.indexOf('-');
    int colon = line.indexOf(':');
    int first = Integer.parseInt(line.substring(0, dash));
    int last = Integer.parseInt(line.substring(dash + 1, colon)) - (lastIncluded ? 0 : 1);
    BitSet metrics = new BitSet();
    for (String metric : line.substring(colon + 1).split(",", -1)) {
      metrics.set(Integer.parseInt(metric.strip()) - 1);
    }
    return new Cause(new Run(first, Math.max(first, last)), metrics);
  }
}
