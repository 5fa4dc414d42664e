package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.series.Series;
import io.fleetward.rules.series.Window;

/// An instant selector of whose histograms only totals are asked for.
final class TotalsSelectorNode extends VectorNode {
  private final int input;
  private final Shift shift;
  private final long lookBackMillis;
  private final Window window = new Window();

  /// @param input the position of the selector among those of the expression
  TotalsSelectorNode(int input, Shape shape, Shift shift, long lookBackMillis) {
    super(shape);
    this.input = input;
    this.shift = shift;
    this.lookBackMillis = lookBackMillis;
  }

  @Override
  void compute(Tick tick) {
    tick.read(values.length);
    long until = tick.shifted(shift);
    long after = until - lookBackMillis;
    for (int row = 0; row < values.length; row++) {
      Series series = tick.input(input).at(row);
      boolean isThere = !StaleMarker.is(series.newest(after, until));
      values[row] = isThere ? last(series, after - 1, until, tick) : StaleMarker.VALUE;
    }
  }

  private double last(Series series, long after, long until, Tick tick) {
    series.fill(window, after, until);
    Totals totals = new Totals();
    double last = StaleMarker.VALUE;
    for (int i = 0; i < window.size(); i++) {
      last = totals.of(window.value(i), tick);
    }
    return last;
  }
}
