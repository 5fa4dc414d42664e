package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.series.Selection;

/// An instant selector: the newest sample of each series within the look-back.
final class SelectorNode extends VectorNode {
  private final int input;
  private final Shift shift;
  private final long lookBackMillis;

  /// @param input the position of the selector among those of the expression
  SelectorNode(int input, Shape shape, Shift shift, long lookBackMillis) {
    super(shape);
    this.input = input;
    this.shift = shift;
    this.lookBackMillis = lookBackMillis;
  }

  @Override
  void compute(Tick tick) {
    tick.read(values.length);
    Selection series = tick.input(input);
    long until = tick.shifted(shift);
    long after = until - lookBackMillis;
    for (int row = 0; row < values.length; row++) {
      values[row] = series.at(row).newest(after, until);
    }
  }

  /// Sets `result` to the times of the samples, in seconds; stale markers where there is none.
  void times(Tick tick, double[] result) {
    Selection series = tick.input(input);
    long until = tick.shifted(shift);
    long after = until - lookBackMillis;
    for (int row = 0; row < values.length; row++) {
      boolean isThere = !StaleMarker.is(series.at(row).newest(after, until));
      result[row] = isThere ? series.at(row).newestTime(after, until) / 1000.0 : StaleMarker.VALUE;
    }
  }

  /// Sets `result` to the starts of the counters, in seconds and 0 where unknown; stale markers
  /// where there is no sample.
  void starts(Tick tick, double[] result) {
    Selection series = tick.input(input);
    long until = tick.shifted(shift);
    long after = until - lookBackMillis;
    for (int row = 0; row < values.length; row++) {
      boolean isThere = !StaleMarker.is(series.at(row).newest(after, until));
      long time = isThere ? series.at(row).newestTime(after, until) : 0;
      result[row] = isThere ? tick.start(series.at(row), time) / 1000.0 : StaleMarker.VALUE;
    }
  }
}
