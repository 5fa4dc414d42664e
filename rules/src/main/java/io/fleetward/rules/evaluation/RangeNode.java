package io.fleetward.rules.evaluation;

import io.fleetward.rules.series.Window;

/// An expression that yields the samples of a range for each row.
abstract non-sealed class RangeNode implements Bound {
  final Shape shape;

  /// The edges of the range, valid after [#prepare]: samples lie in (`startMillis`, `endMillis`].
  long startMillis;

  long endMillis;

  RangeNode(Shape shape) {
    this.shape = shape;
  }

  /// Sets the edges, and evaluates what the samples come from.
  abstract void prepare(Tick tick);

  /// The samples of a row, valid until the next call.
  abstract Window window(int row, Tick tick);
}
