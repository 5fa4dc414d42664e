package io.fleetward.bench.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetward.models.table.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// Values of the public reference implementations; they are not part of the project.
final class References {
  private static final Path DATA =
      Path.of(System.getProperty("fleetward.data", "../../shared/data"));

  private References() {}

  static Path data(String path) {
    return DATA.resolve(path);
  }

  static Path file(String name) {
    return DATA.resolve("scoring-reference").resolve(name);
  }

  /// Ends the test, with a line that says so, where there are none.
  static JsonNode require(String name) throws IOException {
    Path file = file(name);
    Assumptions.assumeTrue(
        Files.isRegularFile(file), "skipped: no %s; set -Dfleetward.data".formatted(file));
    return new ObjectMapper().readTree(file.toFile());
  }

  /// The windows of all of NAB's files, by name.
  static JsonNode windows() throws IOException {
    return new ObjectMapper().readTree(data("nab/labels/combined_windows.json").toFile());
  }

  /// All rows of a file, all columns numbers.
  static List<double[]> rows(Path file) {
    try (CsvTable table = CsvTable.open(file)) {
      List<double[]> rows = new ArrayList<>();
      while (table.next()) {
        double[] row = new double[table.columns().size()];
        for (int column = 0; column < row.length; column++) {
          row[column] = table.number(column);
        }
        rows.add(row);
      }
      return rows;
    }
  }

  static double[] column(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }

  static boolean[] marks(List<double[]> rows, int column) {
    boolean[] marks = new boolean[rows.size()];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = rows.get(i)[column] == 1;
    }
    return marks;
  }
}
