package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.HistogramTable;
import org.jspecify.annotations.Nullable;

/// An expression that yields a vector. After [#evaluate], `values` holds one value for each row of
/// the shape; a stale marker where the row yields nothing.
abstract non-sealed class VectorNode implements Bound {
  /// The labels of the rows; forgotten after binding where nobody needs them any more.
  private Shape shape;

  final double[] values;
  private final int[][] duplicates;

  VectorNode(Shape shape) {
    this.shape = shape;
    this.values = new double[shape.size()];
    this.duplicates = shape.duplicates();
  }

  /// The labels of the rows, while parents bind to them.
  final Shape shape() {
    return shape;
  }

  /// Gives the labels back to memory: whoever binds to this node has done so.
  final void forgetLabels() {
    shape = Shape.EMPTY;
  }

  /// Sets all `values`.
  abstract void compute(Tick tick);

  final void evaluate(Tick tick) {
    compute(tick);
    for (int[] rows : duplicates) {
      refuseTwo(rows);
    }
  }

  private void refuseTwo(int[] rows) {
    boolean seen = false;
    for (int row : rows) {
      if (has(row) && seen) {
        throw new EvaluationException(duplicateMessage());
      }
      seen |= has(row);
    }
  }

  /// What to say when two rows with the same labels yield something.
  String duplicateMessage() {
    return "vector cannot contain metrics with the same labelset";
  }

  /// The order of rows that the expression asks for, as `sort` does; null for none. Valid after
  /// [#evaluate].
  int @Nullable [] order() {
    return null;
  }

  final boolean has(int row) {
    return !StaleMarker.is(values[row]);
  }

  /// Whether a row holds a number and not a histogram.
  final boolean hasNumber(int row) {
    return has(row) && !HistogramTable.isHandle(values[row]);
  }

  final int size() {
    return values.length;
  }
}
