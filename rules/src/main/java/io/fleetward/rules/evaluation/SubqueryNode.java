package io.fleetward.rules.evaluation;

import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.histogram.ResetHint;
import io.fleetward.rules.language.Expression.Subquery;
import io.fleetward.rules.series.Window;

/// A subquery: an expression evaluated at each step of a range.
final class SubqueryNode extends RangeNode {
  private static final int MAX_STEPS = 1_000_000;

  private final VectorNode inner;
  private final Subquery subquery;
  private final long defaultStepMillis;
  private final Window[] windows;

  SubqueryNode(VectorNode inner, Subquery subquery, long defaultStepMillis) {
    super(inner.shape());
    this.inner = inner;
    this.subquery = subquery;
    this.defaultStepMillis = defaultStepMillis;
    this.windows = new Window[inner.size()];
    for (int row = 0; row < windows.length; row++) {
      windows[row] = new Window();
    }
  }

  @Override
  int size() {
    return windows.length;
  }

  @Override
  void prepare(Tick tick) {
    endMillis = tick.shifted(subquery.shift());
    startMillis = endMillis - Spans.positiveMillis(subquery.range(), tick);
    long step =
        subquery.step() == null ? defaultStepMillis : Spans.positiveMillis(subquery.step(), tick);
    if ((endMillis - startMillis) / step > MAX_STEPS) {
      throw new EvaluationException("a subquery of more than a million steps; widen its step");
    }
    for (Window window : windows) {
      window.clear();
    }
    long outer = tick.timeMillis();
    for (long at = (Math.floorDiv(startMillis, step) + 1) * step; at <= endMillis; at += step) {
      tick.moveTo(at);
      tick.read(1);
      // what a step yields is kept as well, and a step that reads nothing still takes its time
      tick.read(1 + windows.length);
      inner.evaluate(tick);
      for (int row = 0; row < windows.length; row++) {
        if (inner.has(row)) {
          windows[row].add(at, sample(inner.values[row], tick));
        }
      }
    }
    tick.moveTo(outer);
  }

  /// A histogram no longer says whether it began anew: the one before it may not be the one before
  /// it here.
  private static double sample(double value, Tick tick) {
    if (!HistogramTable.isHandle(value)) {
      return value;
    }
    NativeHistogram histogram = tick.histograms().get(value);
    boolean isGauge = histogram.hint() == ResetHint.GAUGE;
    return isGauge ? value : tick.histograms().add(histogram.with(ResetHint.UNKNOWN));
  }

  @Override
  Window window(int row, Tick tick) {
    return windows[row];
  }
}
