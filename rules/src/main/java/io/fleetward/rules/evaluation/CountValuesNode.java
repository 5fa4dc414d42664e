package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.template.GoNumbers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// `count_values`: how often each value occurs.
///
/// Values become labels, so the rows are those for the values met so far; a new value makes the
/// query bind anew.
final class CountValuesNode extends VectorNode implements Growing {
  private final VectorNode operand;
  private final Groups groups;
  private final KnownValues known;

  /// For each known value the row of each group.
  private final Map<Object, int[]> rows = new HashMap<>();

  private boolean isOutgrown;

  private CountValuesNode(
      VectorNode operand, Groups groups, KnownValues known, Shape.Builder shape) {
    super(shape.build());
    this.operand = operand;
    this.groups = groups;
    this.known = known;
  }

  /// @param known the values met so far, shared with later bindings
  static CountValuesNode of(VectorNode operand, Groups groups, String label, KnownValues known) {
    Map<Object, String> texts = new LinkedHashMap<>();
    known.numbers().forEach(number -> texts.put(number, GoNumbers.plain(number)));
    known.histograms().forEach(histogram -> texts.put(histogram, histogram));
    Shape.Builder shape = new Shape.Builder();
    Map<Labels, Integer> ofLabels = new HashMap<>();
    Map<Object, int[]> rows = new HashMap<>();
    texts.forEach((key, text) -> {
      int[] ofGroups = new int[groups.shape().size()];
      for (int group = 0; group < ofGroups.length; group++) {
        // where the label is one that groups differ in, their counts come together
        Labels labels = groups.shape().labels(group).with(label, text);
        boolean fallsAway = groups.shape().nameFallsAway(group);
        ofGroups[group] = ofLabels.computeIfAbsent(labels, one -> shape.add(one, fallsAway));
      }
      rows.put(key, ofGroups);
    });
    CountValuesNode node = new CountValuesNode(operand, groups, known, shape);
    node.rows.putAll(rows);
    return node;
  }

  @Override
  public boolean isOutgrown() {
    return isOutgrown;
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    Arrays.fill(values, StaleMarker.VALUE);
    for (int group = 0; group < groups.members().length; group++) {
      for (int row : groups.members()[group]) {
        if (operand.has(row)) {
          count(group, operand.values[row], tick);
        }
      }
    }
  }

  private void count(int group, double value, Tick tick) {
    Object key =
        HistogramTable.isHandle(value) ? tick.histograms().get(value).toString() : (Object) value;
    int[] ofGroups = rows.get(key);
    if (ofGroups != null) {
      int row = ofGroups[group];
      values[row] = has(row) ? values[row] + 1 : 1;
      return;
    }
    isOutgrown = true;
    if (key instanceof Double number) {
      known.numbers().add(number);
    } else {
      known.histograms().add(key.toString());
    }
  }
}
