package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.RangeFunction.Range;
import io.fleetward.rules.histogram.HistogramSum;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.histogram.ResetHint;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase` and `delta` over a range with `anchored` or `smoothed` edges: the change from
/// what a series was at the start to what it was at the end, nothing extrapolated.
///
/// An anchored range takes the last sample at or before an edge; a smoothed one draws a line
/// between the samples around it.
///
/// @param isCounter whether values can only grow, and falls are resets
/// @param perSecond whether the change is divided by the length of the range
record ExtendedRates(boolean isSmoothed, boolean isCounter, boolean perSecond) {
  /// The first and the last sample that count.
  private record Span(int first, int last) {}

  /// The change over the range; a stale marker for none.
  double change(MixedSamples samples, Range range) {
    if (samples.hasHistograms() && samples.hasNumbers()) {
      Annotations.mixedSamples(samples.labels(), samples.place(), samples.tick());
      return StaleMarker.VALUE;
    }
    @Nullable Span span = span(samples, range);
    if (span == null) {
      return StaleMarker.VALUE;
    }
    return samples.hasHistograms()
        ? ofHistograms(samples, span, range)
        : ofNumbers(samples, span, range);
  }

  private @Nullable Span span(MixedSamples samples, Range range) {
    int first = 0;
    int last = samples.last();
    while (first < last && samples.time(first + 1) <= range.startMillis()) {
      first++;
    }
    for (int i = first; isSmoothed && i < last; i++) {
      last = samples.time(i) >= range.endMillis() ? i : last;
    }
    boolean isBefore = samples.time(last) <= range.startMillis();
    boolean isAfter = isSmoothed && samples.time(first) > range.endMillis();
    return isBefore || isAfter ? null : new Span(first, last);
  }

  private boolean isDrawnAtStart(MixedSamples samples, Span span, Range range) {
    return isSmoothed && samples.time(span.first()) < range.startMillis();
  }

  private boolean isDrawnAtEnd(MixedSamples samples, Span span, Range range) {
    return isSmoothed && span.last() > 0 && samples.time(span.last()) > range.endMillis();
  }

  private double ofNumbers(MixedSamples samples, Span span, Range range) {
    double left =
        isDrawnAtStart(samples, span, range)
            ? drawn(samples, span.first(), range.startMillis(), isCounter)
            : samples.number(span.first());
    double right =
        isDrawnAtEnd(samples, span, range)
            ? drawn(samples, span.last() - 1, range.endMillis(), isCounter)
            : samples.number(span.last());
    double change = right - left;
    double before = left;
    for (int i = span.first(); isCounter && i <= span.last(); i++) {
      boolean isWithin =
          samples.time(i) > range.startMillis() && samples.time(i) < range.endMillis();
      if (isWithin) {
        change += samples.number(i) < before ? before : 0;
        before = samples.number(i);
      }
    }
    change += isCounter && right < before ? before : 0;
    return perSecond ? change / range.seconds() : change;
  }

  /// What a line from one sample to the next is at a time; a counter that fell starts from zero.
  static double drawn(MixedSamples samples, int from, long timeMillis, boolean isCounter) {
    double before = samples.number(from);
    double after = samples.number(from + 1);
    double start = isCounter && after < before ? 0 : before;
    return start + (after - start) * share(samples, from, timeMillis);
  }

  private static double share(MixedSamples samples, int from, long timeMillis) {
    return (double) (timeMillis - samples.time(from))
        / (samples.time(from + 1) - samples.time(from));
  }

  private double ofHistograms(MixedSamples samples, Span span, Range range) {
    if (!fit(samples, span)) {
      Annotations.mixedSchemas(samples.labels(), samples.place(), samples.tick());
      return StaleMarker.VALUE;
    }
    boolean isDrawnAtStart = isDrawnAtStart(samples, span, range);
    NativeHistogram left =
        isDrawnAtStart
            ? drawnHistogram(samples, span.first(), range.startMillis(), isCounter)
            : samples.histogram(span.first());
    NativeHistogram right =
        isDrawnAtEnd(samples, span, range)
            ? drawnHistogram(samples, span.last() - 1, range.endMillis(), isCounter)
            : samples.histogram(span.last());
    boolean areGauges = left.hint() == ResetHint.GAUGE && right.hint() == ResetHint.GAUGE;
    if (!isCounter && !areGauges) {
      Annotations.notGauge(samples.labels(), samples.place(), samples.tick());
    }
    HistogramSum change = new HistogramSum(right);
    change.subtract(left);
    boolean wasReconciled = change.isReconciled();
    if (wasReconciled) {
      Annotations.reconciledBounds("subtraction", samples.place(), samples.tick());
    }
    if (isCounter) {
      addLost(samples, span, left, right, isDrawnAtStart, change);
    }
    if (change.isReconciled() && !wasReconciled) {
      Annotations.reconciledBounds("addition", samples.place(), samples.tick());
    }
    NativeHistogram total = change.total().compacted().with(ResetHint.GAUGE);
    return samples.kept(perSecond ? total.dividedBy(range.seconds()) : total);
  }

  private boolean fit(MixedSamples samples, Span span) {
    boolean isCustom = samples.histogram(span.first()).isCustom();
    for (int i = span.first(); i <= span.last(); i++) {
      if (samples.histogram(i).isCustom() != isCustom) {
        return false;
      }
      if (isCounter && samples.histogram(i).hint() == ResetHint.GAUGE) {
        Annotations.notCounter(samples.labels(), samples.place(), samples.tick());
      }
    }
    return true;
  }

  /// Adds what the counter had before each time it began anew between the edges.
  private static void addLost(
      MixedSamples samples,
      Span span,
      NativeHistogram left,
      NativeHistogram right,
      boolean isDrawnAtStart,
      HistogramSum change) {
    int next = span.first() + 1;
    NativeHistogram before = left;
    boolean isSpent =
        isDrawnAtStart && samples.histogram(next).isResetAfter(samples.histogram(span.first()));
    if (isSpent) {
      // the line at the start rose from zero already
      before = samples.histogram(next);
      next++;
    }
    if (next > span.last()) {
      return;
    }
    for (int i = next; i < span.last(); i++) {
      if (samples.histogram(i).isResetAfter(before)) {
        change.add(before);
      }
      before = samples.histogram(i);
    }
    if (right.isResetAfter(before)) {
      change.add(before);
    }
  }

  /// What histograms would be between one and the next; a counter that began anew starts from zero.
  static NativeHistogram drawnHistogram(
      MixedSamples samples, int from, long timeMillis, boolean isCounter) {
    NativeHistogram before = samples.histogram(from);
    NativeHistogram after = samples.histogram(from + 1);
    double share = share(samples, from, timeMillis);
    if (share == 0 || share == 1) {
      return share == 0 ? before : after;
    }
    if (isCounter && after.isResetAfter(before)) {
      return after.times(share);
    }
    HistogramSum difference = new HistogramSum(after);
    difference.subtract(before);
    if (difference.isReconciled()) {
      Annotations.reconciledBounds("subtraction", samples.place(), samples.tick());
    }
    HistogramSum sum = new HistogramSum(difference.total().times(share));
    sum.add(before);
    if (sum.isReconciled()) {
      Annotations.reconciledBounds("addition", samples.place(), samples.tick());
    }
    return sum.total();
  }
}
