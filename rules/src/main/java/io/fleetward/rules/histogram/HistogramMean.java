package io.fleetward.rules.histogram;

/// A mean of histograms that survives sums beyond the largest double. Confined to one thread.
public final class HistogramMean {
  private HistogramSum sum;
  private int count = 1;
  private boolean isRunning;

  public HistogramMean(NativeHistogram first) {
    sum = new HistogramSum(first);
  }

  /// Whether a histogram can be added: exponential and listed buckets do not mix.
  public boolean accepts(NativeHistogram other) {
    return sum.accepts(other);
  }

  /// Adds a histogram that the mean [#accepts].
  public void add(NativeHistogram histogram) {
    count++;
    if (!isRunning) {
      HistogramSum next = sum.copy();
      next.add(histogram);
      if (!next.isInfinite()) {
        sum = next;
        return;
      }
      isRunning = true;
      sum.scale(1.0 / (count - 1));
    }
    sum.scale((count - 1.0) / count);
    sum.add(histogram.dividedBy(count));
  }

  /// See [HistogramSum#isContradictory].
  public boolean isContradictory() {
    return sum.isContradictory();
  }

  /// See [HistogramSum#isReconciled].
  public boolean isReconciled() {
    return sum.isReconciled();
  }

  public NativeHistogram value() {
    return isRunning ? sum.total() : sum.total().dividedBy(count);
  }
}
