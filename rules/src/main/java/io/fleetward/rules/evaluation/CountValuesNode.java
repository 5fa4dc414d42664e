package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.template.GoNumbers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `count_values`: how often each value occurs.
///
/// Values become labels, so the rows are those for the values met so far; a new value makes the
/// query bind anew.
final class CountValuesNode extends VectorNode {
  private final VectorNode operand;
  private final Groups groups;
  private final Set<Double> known;
  private final Map<Double, int[]> rowOf = new HashMap<>();
  private boolean isOutgrown;

  /// @param known the values met so far, shared with later bindings
  CountValuesNode(VectorNode operand, Groups groups, String label, Set<Double> known) {
    super(shapeOf(groups, label, List.copyOf(known)));
    this.operand = operand;
    this.groups = groups;
    this.known = known;
    int row = 0;
    for (Double value : List.copyOf(known)) {
      int[] rows = new int[groups.members().length];
      for (int group = 0; group < rows.length; group++) {
        rows[group] = row++;
      }
      rowOf.put(value, rows);
    }
  }

  private static Shape shapeOf(Groups groups, String label, List<Double> known) {
    Shape.Builder rows = new Shape.Builder();
    for (double value : known) {
      for (int group = 0; group < groups.shape().size(); group++) {
        Labels labels = groups.shape().labels(group).with(label, GoNumbers.plain(value));
        rows.add(labels, groups.shape().nameFallsAway(group));
      }
    }
    return rows.build();
  }

  /// Whether a value came up that has no rows yet.
  boolean isOutgrown() {
    return isOutgrown;
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    Arrays.fill(values, StaleMarker.VALUE);
    for (int group = 0; group < groups.members().length; group++) {
      for (int row : groups.members()[group]) {
        if (operand.has(row)) {
          count(group, operand.values[row]);
        }
      }
    }
  }

  private void count(int group, double value) {
    int[] rows = rowOf.get(value);
    if (rows == null) {
      known.add(value);
      isOutgrown = true;
      return;
    }
    int row = rows[group];
    values[row] = has(row) ? values[row] + 1 : 1;
  }
}
