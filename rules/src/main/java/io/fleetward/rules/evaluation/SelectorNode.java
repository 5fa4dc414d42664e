package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.series.Selection;
import io.fleetward.rules.series.Series;

/// An instant selector: the newest sample of each series within the look-back.
final class SelectorNode extends VectorNode {
  private final Series[] series;
  private final Shift shift;
  private final long lookBackMillis;

  SelectorNode(Selection selection, Shift shift, long lookBackMillis) {
    super(shapeOf(selection));
    this.series = seriesOf(selection);
    this.shift = shift;
    this.lookBackMillis = lookBackMillis;
  }

  static Series[] seriesOf(Selection selection) {
    Series[] series = new Series[selection.size()];
    for (int i = 0; i < series.length; i++) {
      series[i] = selection.at(i);
    }
    return series;
  }

  static Shape shapeOf(Selection selection) {
    Labels[] labels = new Labels[selection.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = selection.at(i).labels();
    }
    return Shape.of(labels);
  }

  @Override
  void compute(Tick tick) {
    tick.read(series.length);
    long until = tick.shifted(shift);
    long after = until - lookBackMillis;
    for (int row = 0; row < series.length; row++) {
      values[row] = series[row].newest(after, until);
    }
  }

  /// Sets `result` to the times of the samples, in seconds; stale markers where there is none.
  void times(Tick tick, double[] result) {
    long until = tick.shifted(shift);
    long after = until - lookBackMillis;
    for (int row = 0; row < series.length; row++) {
      boolean isThere = !StaleMarker.is(series[row].newest(after, until));
      result[row] = isThere ? series[row].newestTime(after, until) / 1000.0 : StaleMarker.VALUE;
    }
  }
}
