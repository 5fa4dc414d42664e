package io.fleetward.service.training;

import io.fleetward.models.training.HostRows;
import io.fleetward.models.training.RetainedRows;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.service.store.ModelHistoryTable.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rows that training can see, by model and class of hosts. Confined to the training thread.
///
/// A host belongs to the class that its row names; one that changed its class is in both until its
/// old rows are forgotten.
final class RowLibrary {
  private static final double MOST_MISSING = 0.25;
  private static final int MOST_CLASSES = 64;

  private final List<TrainableModel> models;
  private final int hostsPerClass;
  private final int rowsPerHost;
  private final Map<Line, RetainedRows> lines = new HashMap<>();

  RowLibrary(List<TrainableModel> models, int hostsPerClass, int rowsPerHost) {
    this.models = models.stream().filter(TrainableModel::trainable).toList();
    this.hostsPerClass = hostsPerClass;
    this.rowsPerHost = rowsPerHost;
  }

  /// Takes a row.
  ///
  /// @return why it was left out, as one of few words; empty if it was taken
  Optional<String> add(FeatureRow row) {
    Optional<TrainableModel> model =
        models.stream().filter(one -> one.name().equals(row.model())).findFirst();
    if (model.isEmpty()) {
      return Optional.of("no-model");
    }
    List<String> features = model.get().features();
    if (!Set.copyOf(features).containsAll(row.features().keySet())
        || features.size() - row.features().size() > MOST_MISSING * features.size()) {
      return Optional.of("other-features");
    }
    Line line = new Line(row.model(), row.hostClass());
    if (!lines.containsKey(line) && lines.size() >= MOST_CLASSES) {
      return Optional.of("too-many-classes");
    }
    lines
        .computeIfAbsent(line, _ -> new RetainedRows(features.size(), hostsPerClass, rowsPerHost))
        .add(
            row.instance(),
            row.at().getEpochSecond(),
            features.stream()
                .mapToDouble(feature -> row.features().getOrDefault(feature, Double.NaN))
                .toArray(),
            row.score(),
            row.alarm());
    return Optional.empty();
  }

  /// Classes with rows.
  Set<Line> lines() {
    return Set.copyOf(lines.keySet());
  }

  List<HostRows> rowsOf(Line line) {
    RetainedRows rows = lines.get(line);
    return rows == null ? List.of() : rows.snapshot();
  }

  TrainableModel modelOf(Line line) {
    return models.stream()
        .filter(model -> model.name().equals(line.model()))
        .findFirst()
        .orElseThrow();
  }

  long rows() {
    return lines.values().stream().mapToLong(RetainedRows::rows).sum();
  }
}
