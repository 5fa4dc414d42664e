package io.fleetward.rules.evaluation;

import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.TimeSpan;
import io.fleetward.rules.series.Digest;
import io.fleetward.rules.series.Selection;
import io.fleetward.rules.series.Series;
import io.fleetward.rules.series.Window;

/// A range selector: all samples of each series within the range, stale markers left out.
final class RangeSelectorNode extends RangeNode {
  private final Series[] series;
  private final TimeSpan range;
  private final Shift shift;
  private final Window window = new Window();

  RangeSelectorNode(Selection selection, TimeSpan range, Shift shift) {
    super(SelectorNode.shapeOf(selection));
    this.series = SelectorNode.seriesOf(selection);
    this.range = range;
    this.shift = shift;
  }

  @Override
  int size() {
    return series.length;
  }

  @Override
  void prepare(Tick tick) {
    endMillis = tick.shifted(shift);
    startMillis = endMillis - Spans.positiveMillis(range, tick);
  }

  @Override
  Window window(int row, Tick tick) {
    series[row].fill(window, startMillis, endMillis);
    tick.read(window.size());
    return window;
  }

  @Override
  boolean isLong(int row) {
    return series[row].isLong(startMillis);
  }

  @Override
  void digest(int row, Digest digest) {
    series[row].digest(digest, startMillis, endMillis);
  }
}
