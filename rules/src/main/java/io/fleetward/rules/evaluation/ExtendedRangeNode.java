package io.fleetward.rules.evaluation;

import io.fleetward.rules.language.Expression.Edges;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.TimeSpan;
import io.fleetward.rules.series.Window;

/// A range selector with `anchored` or `smoothed` edges: it hands over the samples around the range
/// too, as far as the look-back reaches. The edges that it says are those of the range itself.
final class ExtendedRangeNode extends RangeNode {
  private final RangeSelectorNode around;
  private final Edges edges;
  private final long lookBackMillis;

  /// @param input the position of the selector among those of the expression
  ExtendedRangeNode(
      int input, Shape shape, TimeSpan range, Shift shift, Edges edges, long lookBackMillis) {
    super(shape);
    this.around = new RangeSelectorNode(input, shape, range, shift);
    this.edges = edges;
    this.lookBackMillis = lookBackMillis;
  }

  boolean isSmoothed() {
    return edges == Edges.SMOOTHED;
  }

  @Override
  int size() {
    return around.size();
  }

  @Override
  void prepare(Tick tick) {
    around.prepare(tick);
    startMillis = around.startMillis;
    endMillis = around.endMillis;
    around.startMillis -= lookBackMillis;
    around.endMillis += isSmoothed() ? lookBackMillis : 0;
  }

  @Override
  Window window(int row, Tick tick) {
    return around.window(row, tick);
  }

  @Override
  long start(int row, long sampleMillis, Tick tick) {
    return around.start(row, sampleMillis, tick);
  }
}
