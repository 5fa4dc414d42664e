package io.fleetward.rules.evaluation;

import io.fleetward.rules.series.Digest;
import io.fleetward.rules.series.Window;

/// An expression that yields the samples of a range for each row.
abstract non-sealed class RangeNode implements Bound {
  private Shape shape;

  /// The edges of the range, valid after [#prepare]: samples lie in (`startMillis`, `endMillis`].
  long startMillis;

  long endMillis;

  RangeNode(Shape shape) {
    this.shape = shape;
  }

  /// The labels of the rows, while parents bind to them.
  final Shape shape() {
    return shape;
  }

  /// How many rows there are.
  abstract int size();

  /// Gives the labels back to memory: whoever binds to this node has done so.
  final void forgetLabels() {
    shape = Shape.EMPTY;
  }

  /// Sets the edges, and evaluates what the samples come from.
  abstract void prepare(Tick tick);

  /// The samples of a row, valid until the next call.
  abstract Window window(int row, Tick tick);

  /// Since when the counter of a row has counted at one of its samples; 0 if that is not known.
  long start(int row, long sampleMillis, Tick tick) {
    return 0;
  }

  /// Whether a row's samples are many and come in runs.
  boolean isLong(int row, Tick tick) {
    return false;
  }

  /// Hands over the samples of a row, in runs where possible.
  void digest(int row, Tick tick, Digest digest) {
    throw new IllegalStateException("these samples do not come in runs");
  }
}
