package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.RangeFunction.Range;
import io.fleetward.rules.histogram.HistogramSum;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.histogram.ResetHint;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase` and `delta` where samples may be histograms, or counters whose start is
/// known.
///
/// @param isCounter whether values can only grow, and falls are resets
/// @param perSecond whether the change is divided by the length of the range
record MixedRates(boolean isCounter, boolean perSecond) {
  /// The change over the range; a stale marker for none.
  double change(MixedSamples samples, Range range) {
    if (samples.hasHistograms() && samples.hasNumbers()) {
      Annotations.mixedSamples(samples.labels(), samples.place(), samples.tick());
      return StaleMarker.VALUE;
    }
    if (isCounter && samples.hasOverlappingStarts()) {
      Annotations.overlappingStarts(samples.labels(), samples.place(), samples.tick());
    }
    return samples.hasHistograms() ? ofHistograms(samples, range) : ofNumbers(samples, range);
  }

  private double ofNumbers(MixedSamples samples, Range range) {
    double first = samples.number(0);
    double change = samples.number(samples.last()) - first;
    for (int i = 1; isCounter && i < samples.size(); i++) {
      change += samples.isReset(i) ? samples.number(i - 1) : 0;
    }
    if (startsWithin(samples, range)) {
      return (change + first) * factorFromStart(samples, range);
    }
    boolean isLimited = change > 0 && first >= 0;
    return samples.size() < 2
        ? StaleMarker.VALUE
        : change * factor(samples, range, isLimited ? first / change : Double.POSITIVE_INFINITY);
  }

  private double ofHistograms(MixedSamples samples, Range range) {
    NativeHistogram first = samples.histogram(0);
    @Nullable NativeHistogram change = samples.size() < 2 ? null : sampledChange(samples);
    if (samples.size() > 1 && change == null) {
      return StaleMarker.VALUE;
    }
    if (startsWithin(samples, range)) {
      HistogramSum sum = new HistogramSum(first);
      if (change != null && !added(sum, change, samples)) {
        return StaleMarker.VALUE;
      }
      return samples.kept(sum.total().times(factorFromStart(samples, range)));
    }
    if (change == null) {
      return StaleMarker.VALUE;
    }
    boolean isLimited = change.count() > 0 && first.count() >= 0;
    double sharesToZero = isLimited ? first.count() / change.count() : Double.POSITIVE_INFINITY;
    return samples.kept(change.times(factor(samples, range, sharesToZero)));
  }

  /// Whether the counter started within the range, so that nothing has to be guessed before the
  /// first sample.
  private boolean startsWithin(MixedSamples samples, Range range) {
    long start = samples.start(0);
    return isCounter && start != 0 && start > range.startMillis() && start < samples.time(0);
  }

  private double factorFromStart(MixedSamples samples, Range range) {
    double sampled = (samples.time(samples.last()) - samples.start(0)) / 1000.0;
    return whole(sampled, 0, after(samples, range), range);
  }

  /// What the change between the samples is multiplied by for that over the range.
  ///
  /// @param sharesToZero how many times the sampled time before the first sample a counter would
  ///   have been at zero
  private double factor(MixedSamples samples, Range range, double sharesToZero) {
    double sampled = (samples.time(samples.last()) - samples.time(0)) / 1000.0;
    double distance = sampled / (samples.size() - 1);
    double before = (samples.time(0) - range.startMillis()) / 1000.0;
    before = before >= Rates.MISSING_FROM * distance ? distance / 2 : before;
    if (isCounter) {
      before = Math.min(before, sampled * sharesToZero);
    }
    return whole(sampled, before, after(samples, range), range);
  }

  private static double after(MixedSamples samples, Range range) {
    double sampled = (samples.time(samples.last()) - samples.time(0)) / 1000.0;
    double distance = samples.size() < 2 ? 0 : sampled / (samples.size() - 1);
    double after = (range.endMillis() - samples.time(samples.last())) / 1000.0;
    return after >= Rates.MISSING_FROM * distance ? distance / 2 : after;
  }

  private double whole(double sampled, double before, double after, Range range) {
    double factor = sampled == 0 ? 1 : (sampled + before + after) / sampled;
    return perSecond ? factor / range.seconds() : factor;
  }

  /// What histograms grew by between the first and the last; null if they do not fit together.
  private @Nullable NativeHistogram sampledChange(MixedSamples samples) {
    NativeHistogram first = samples.histogram(0);
    NativeHistogram last = samples.histogram(samples.last());
    boolean endsAreGauges = first.hint() == ResetHint.GAUGE && last.hint() == ResetHint.GAUGE;
    if (!isCounter && !endsAreGauges) {
      Annotations.notGauge(samples.labels(), samples.place(), samples.tick());
    }
    if (isCounter) {
      remarkOnGauges(samples);
    }
    // what stood before a reset does not count, so its buckets do not matter either
    NativeHistogram base =
        isCounter && samples.isReset(1) ? emptyLike(samples.histogram(1)) : first;
    if (!fit(samples, base)) {
      Annotations.mixedSchemas(samples.labels(), samples.place(), samples.tick());
      return null;
    }
    HistogramSum change = new HistogramSum(last);
    change.subtract(base);
    for (int i = 1; isCounter && i < samples.last(); i++) {
      change.reduceTo(Math.min(samples.histogram(i).schema(), change.schema()));
    }
    if (change.isReconciled()) {
      Annotations.reconciledBounds("subtraction", samples.place(), samples.tick());
    }
    boolean hadReconciled = change.isReconciled();
    for (int i = 1; isCounter && i < samples.size(); i++) {
      if (samples.isReset(i)) {
        change.add(i == 1 ? base : samples.histogram(i - 1));
      }
    }
    if (change.isReconciled() && !hadReconciled) {
      Annotations.reconciledBounds("addition", samples.place(), samples.tick());
    }
    return change.total().compacted().with(ResetHint.GAUGE);
  }

  private static void remarkOnGauges(MixedSamples samples) {
    for (int i = 0; i < samples.size(); i++) {
      if (samples.histogram(i).hint() == ResetHint.GAUGE) {
        Annotations.notCounter(samples.labels(), samples.place(), samples.tick());
      }
    }
  }

  private static NativeHistogram emptyLike(NativeHistogram histogram) {
    return new NativeHistogram(
        histogram.schema(),
        0,
        0,
        0,
        0,
        NativeHistogram.EMPTY.positive(),
        NativeHistogram.EMPTY.negative(),
        histogram.bounds(),
        ResetHint.UNKNOWN);
  }

  /// Whether all histograms that count have the same kind of buckets.
  private boolean fit(MixedSamples samples, NativeHistogram base) {
    boolean isCustom = base.isCustom();
    for (int i = 1; isCounter && i < samples.last(); i++) {
      if (samples.histogram(i).isCustom() != isCustom) {
        return false;
      }
    }
    return samples.histogram(samples.last()).isCustom() == isCustom;
  }

  private static boolean added(HistogramSum sum, NativeHistogram other, MixedSamples samples) {
    if (!sum.accepts(other)) {
      Annotations.mixedSchemas(samples.labels(), samples.place(), samples.tick());
      return false;
    }
    sum.add(other);
    if (sum.isReconciled()) {
      Annotations.reconciledBounds("addition", samples.place(), samples.tick());
    }
    return true;
  }

  /// `irate` and `idelta`: the change between the last two samples.
  double last(MixedSamples samples) {
    if (samples.size() < 2) {
      return StaleMarker.VALUE;
    }
    int last = samples.last();
    double seconds = (samples.time(last) - samples.time(last - 1)) / 1000.0;
    if (seconds == 0) {
      return StaleMarker.VALUE;
    }
    if (samples.isHistogram(last) != samples.isHistogram(last - 1)) {
      Annotations.mixedSamples(samples.labels(), samples.place(), samples.tick());
      return StaleMarker.VALUE;
    }
    boolean beginsAnew = isCounter && samples.isReset(last);
    if (samples.isHistogram(last)) {
      return lastOfHistograms(samples, beginsAnew, seconds);
    }
    double change = samples.number(last) - (beginsAnew ? 0 : samples.number(last - 1));
    return perSecond ? change / seconds : change;
  }

  private double lastOfHistograms(MixedSamples samples, boolean beginsAnew, double seconds) {
    NativeHistogram now = samples.histogram(samples.last());
    NativeHistogram before = samples.histogram(samples.last() - 1);
    int gauges = now.hint() == ResetHint.GAUGE ? 1 : 0;
    gauges += before.hint() == ResetHint.GAUGE ? 1 : 0;
    if (isCounter && gauges > 0) {
      Annotations.notCounter(samples.labels(), samples.place(), samples.tick());
    } else if (!isCounter && gauges < 2) {
      Annotations.notGauge(samples.labels(), samples.place(), samples.tick());
    }
    HistogramSum change = new HistogramSum(now);
    if (!beginsAnew && !change.accepts(before)) {
      Annotations.mixedSchemas(samples.labels(), samples.place(), samples.tick());
      return StaleMarker.VALUE;
    }
    if (!beginsAnew) {
      change.subtract(before);
    }
    if (change.isReconciled()) {
      Annotations.reconciledBounds("subtraction", samples.place(), samples.tick());
    }
    NativeHistogram total = change.total().compacted().with(ResetHint.GAUGE);
    return samples.kept(perSecond ? total.dividedBy(seconds) : total);
  }
}
