package io.fleetward.rules.evaluation;

import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.TimeSpan;
import io.fleetward.rules.series.Digest;
import io.fleetward.rules.series.Window;

/// A range selector: all samples of each series within the range, stale markers left out.
final class RangeSelectorNode extends RangeNode {
  private final int input;
  private final int size;
  private final TimeSpan range;
  private final Shift shift;
  private final Window window = new Window();

  /// @param input the position of the selector among those of the expression
  RangeSelectorNode(int input, Shape shape, TimeSpan range, Shift shift) {
    super(shape);
    this.input = input;
    this.size = shape.size();
    this.range = range;
    this.shift = shift;
  }

  @Override
  int size() {
    return size;
  }

  @Override
  void prepare(Tick tick) {
    endMillis = tick.shifted(shift);
    startMillis = endMillis - Spans.positiveMillis(range, tick);
  }

  @Override
  Window window(int row, Tick tick) {
    tick.input(input).at(row).fill(window, startMillis, endMillis);
    tick.read(window.size());
    return window;
  }

  @Override
  long start(int row, long sampleMillis, Tick tick) {
    return tick.start(tick.input(input).at(row), sampleMillis);
  }

  @Override
  boolean isLong(int row, Tick tick) {
    return tick.input(input).at(row).isLong(startMillis);
  }

  @Override
  void digest(int row, Tick tick, Digest digest) {
    tick.input(input).at(row).digest(digest, window.reader(), startMillis, endMillis);
  }
}
