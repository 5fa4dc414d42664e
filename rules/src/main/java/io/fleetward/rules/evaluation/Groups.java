package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.Expression.Aggregation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The groups of an aggregation.
///
/// @param shape one row for each group
/// @param members for each group the rows of the operand
@SuppressWarnings("ArrayRecordComponent") // stays within this package, never compared
record Groups(Shape shape, int[][] members) {
  static Groups of(Shape operand, Aggregation aggregation) {
    Map<Labels, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < operand.size(); row++) {
      Labels labels = groupLabels(operand.labels(row), aggregation);
      rows.computeIfAbsent(labels, _ -> new ArrayList<>()).add(row);
    }
    Shape.Builder shape = new Shape.Builder();
    int[][] members = new int[rows.size()][];
    rows.forEach((labels, group) -> {
      members[shape.size()] = group.stream().mapToInt(Integer::intValue).toArray();
      shape.add(labels, operand.nameFallsAway(group.getFirst()));
    });
    return new Groups(shape.build(), members);
  }

  private static Labels groupLabels(Labels labels, Aggregation aggregation) {
    if (!aggregation.without()) {
      return labels.keep(aggregation.labels());
    }
    List<String> dropped = new ArrayList<>(aggregation.labels());
    dropped.add(Labels.METRIC_NAME);
    return labels.without(dropped);
  }
}
