package io.fleetward.rules.evaluation;

import io.fleetward.rules.language.Expression;
import java.util.IdentityHashMap;
import java.util.List;

/// An expression bound to a layout. Confined to one thread at a time.
///
/// @param tick to evaluate with at an instant, without annotations
@SuppressWarnings("ArrayRecordComponent") // stays within this package, never compared
record Binding(
    Bound root,
    VectorNode rows,
    Shape result,
    int[][] duplicates,
    List<Growing> growing,
    Tick tick) {
  /// @param knownValues the values that became labels so far, for each expression that does so
  static Binding of(
      PreparedQuery query,
      Layout layout,
      IdentityHashMap<Expression, KnownValues> knownValues,
      BindingMode mode) {
    Binder binder = new Binder(query, layout, knownValues, mode);
    Bound root = binder.bind(query.expression());
    VectorNode rows =
        switch (root) {
          case VectorNode vector -> vector;
          case ScalarNode scalar -> Binder.single(scalar);
          case RangeNode range -> new RelabelledNode(Binder.single(Binder.NO_NUMBER), Shape.EMPTY);
          case Bound.Text _ -> new RelabelledNode(Binder.single(Binder.NO_NUMBER), Shape.EMPTY);
        };
    Shape result = rows.shape().result();
    if (!mode.isAnnotated()) {
      rows.forgetLabels();
    }
    Tick tick = Tick.ofInstants(query.settings().maxSamples());
    return new Binding(root, rows, result, result.duplicates(), binder.growing(), tick);
  }

  boolean isOutgrown() {
    for (int i = 0; i < growing.size(); i++) {
      if (growing.get(i).isOutgrown()) {
        return true;
      }
    }
    return false;
  }

  /// @throws EvaluationException if two rows with the same labels yield something
  void refuseDuplicates() {
    for (int[] same : duplicates) {
      boolean seen = false;
      for (int row : same) {
        if (rows.has(row) && seen) {
          throw new EvaluationException("vector cannot contain metrics with the same labelset");
        }
        seen |= rows.has(row);
      }
    }
  }
}
