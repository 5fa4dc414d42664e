package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.template.GoNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `histogram_quantiles`: several quantiles of each histogram, told apart by a label.
///
/// Quantiles become labels, so the rows are those for the quantiles met so far; a new one makes the
/// query bind anew.
final class QuantilesNode extends VectorNode implements Growing {
  private final Subjects subjects;
  private final List<ScalarNode> quantiles;
  private final List<Double> rows;
  private final KnownValues known;
  private final String place;
  private boolean isOutgrown;

  /// @param known the quantiles met so far, shared with later bindings
  /// @param place of the vector, for annotations
  QuantilesNode(
      Subjects subjects,
      String label,
      List<ScalarNode> quantiles,
      KnownValues known,
      String place,
      NameRemoval removal) {
    super(shapeOf(subjects.shape(), label, known).withoutNames(removal));
    this.subjects = subjects;
    this.quantiles = quantiles;
    this.rows = List.copyOf(known.numbers());
    this.known = known;
    this.place = place;
  }

  private static Shape shapeOf(Shape subjects, String label, KnownValues known) {
    List<Labels> labels = new ArrayList<>();
    for (double quantile : known.numbers()) {
      for (int i = 0; i < subjects.size(); i++) {
        labels.add(subjects.labels(i).with(label, text(quantile)));
      }
    }
    return Shape.of(labels.toArray(Labels[]::new));
  }

  /// A number as OpenMetrics writes it, always recognisable as a float.
  private static String text(double quantile) {
    String text = GoNumbers.shortest(quantile);
    boolean isPlain = text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-');
    return isPlain ? text + ".0" : text;
  }

  @Override
  public boolean isOutgrown() {
    return isOutgrown;
  }

  @Override
  void compute(Tick tick) {
    Arrays.fill(values, StaleMarker.VALUE);
    double[] wanted = quantiles.stream().mapToDouble(node -> node.evaluate(tick)).toArray();
    subjects.prepare(tick);
    for (double quantile : wanted) {
      int position = rows.indexOf(quantile);
      if (position < 0) {
        isOutgrown = true;
        known.numbers().add(quantile);
      } else {
        answer(quantile, position, tick);
      }
    }
  }

  private void answer(double quantile, int position, Tick tick) {
    int size = subjects.shape().size();
    for (int i = 0; i < size; i++) {
      if (subjects.has(i)) {
        values[position * size + i] =
            HistogramNode.answer(HistogramNode.QUANTILE, subjects, i, quantile, 0, place, tick);
      }
    }
  }
}
