package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.ResetHint;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.TimeSpan;

/// An instant selector with `smoothed`: what a line between the samples around a time is at that
/// time. After the last sample it stays what that was.
final class SmoothedSelectorNode extends VectorNode {
  private final RangeSelectorNode around;
  private final MixedSamples samples;
  private final long lookBackMillis;

  /// @param input the position of the selector among those of the expression
  /// @param place for annotations
  SmoothedSelectorNode(int input, Shape shape, Shift shift, long lookBackMillis, String place) {
    super(shape);
    this.around = new RangeSelectorNode(input, shape, new TimeSpan.Fixed(lookBackMillis), shift);
    this.samples = new MixedSamples(around, place);
    this.lookBackMillis = lookBackMillis;
  }

  @Override
  void compute(Tick tick) {
    around.prepare(tick);
    long at = around.endMillis;
    around.endMillis += lookBackMillis;
    for (int row = 0; row < values.length; row++) {
      samples.look(row, tick);
      values[row] = value(at);
    }
  }

  private double value(long at) {
    int before = -1;
    while (before < samples.last() && samples.time(before + 1) <= at) {
      before++;
    }
    if (before < 0) {
      return StaleMarker.VALUE;
    }
    if (before == samples.last() || samples.time(before) == at) {
      return samples.all().value(before);
    }
    if (samples.isHistogram(before) != samples.isHistogram(before + 1)) {
      Annotations.mixedSamples(samples.labels(), samples.place(), samples.tick());
      return StaleMarker.VALUE;
    }
    return samples.isHistogram(before)
        ? drawnHistogram(before, at)
        : ExtendedRates.drawn(samples, before, at, false);
  }

  private double drawnHistogram(int before, long at) {
    boolean isCustom = samples.histogram(before).isCustom();
    if (samples.histogram(before + 1).isCustom() != isCustom) {
      Annotations.mixedSchemas(samples.labels(), samples.place(), samples.tick());
      return StaleMarker.VALUE;
    }
    boolean isCounter = samples.histogram(before).hint() != ResetHint.GAUGE;
    return samples.kept(ExtendedRates.drawnHistogram(samples, before, at, isCounter));
  }
}
