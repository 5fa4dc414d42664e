package io.fleetward.cli.models;

import io.fleetward.cli.operator.BadInputException;
import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.stream.Times;
import io.fleetward.models.table.FeatureTable;
import io.fleetward.models.training.ClassTraining;
import io.fleetward.models.training.Pace;
import io.fleetward.models.training.RetainedRows;
import io.fleetward.models.training.Trained;
import io.fleetward.models.training.TrainingSubject;
import io.fleetward.models.training.TrainingTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;

/// Trains a version on the rows of one file, as the service does on those of hosts.
record TrainFile(String model, String hostClass, Path input) {
  private static final int MOST_ROWS = 1 << 22;

  /// @throws io.fleetward.models.table.BadTableException if the file cannot be used
  /// @throws BadInputException if its rows have no times
  Trained train(Instant at) {
    try (FeatureTable table = FeatureTable.open(input)) {
      if (table.times() == Times.ROWS) {
        throw new BadInputException(
            "%s:1: column \"%s\" is missing; a version is trained on rows with times"
                .formatted(input, FeatureTable.TIME));
      }
      List<String> features = table.features();
      RetainedRows rows = new RetainedRows(features.size(), 1, MOST_ROWS);
      String instance = String.valueOf(input.getFileName());
      while (table.next()) {
        rows.add(instance, table.time(), table.row(), Double.NaN, false);
      }
      return new ClassTraining(
              new TrainingSubject(model, hostClass, features), TrainingTerms.DEFAULT, Pace.FULL)
          .train(rows.snapshot(), List.of(), at);
    }
  }

  /// The file appears when it is whole.
  static void write(ModelVersion version, Path to) throws IOException {
    Path part = to.resolveSibling(".%s.part".formatted(to.getFileName()));
    try {
      Files.write(part, version.toBytes());
      Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
