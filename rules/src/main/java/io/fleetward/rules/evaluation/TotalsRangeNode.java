package io.fleetward.rules.evaluation;

import io.fleetward.rules.series.Window;

/// A range selector of whose histograms only totals are asked for.
final class TotalsRangeNode extends RangeNode {
  private final RangeSelectorNode selector;
  private final Window totals = new Window();

  TotalsRangeNode(RangeSelectorNode selector) {
    super(selector.shape());
    this.selector = selector;
  }

  @Override
  int size() {
    return selector.size();
  }

  @Override
  void prepare(Tick tick) {
    selector.prepare(tick);
    startMillis = selector.startMillis;
    endMillis = selector.endMillis;
    // a sample on the left edge still tells whether the next one began anew
    selector.startMillis--;
  }

  @Override
  Window window(int row, Tick tick) {
    Totals.fill(totals, selector.window(row, tick), startMillis, tick);
    return totals;
  }

  @Override
  long start(int row, long sampleMillis, Tick tick) {
    return selector.start(row, sampleMillis, tick);
  }
}
