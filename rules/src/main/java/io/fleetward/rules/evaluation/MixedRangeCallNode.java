package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.evaluation.RangeFunction.Range;
import io.fleetward.rules.histogram.HistogramMean;
import io.fleetward.rules.histogram.HistogramSum;
import io.fleetward.rules.histogram.NativeHistogram;
import java.util.Set;

/// A function of ranges whose samples may be histograms, or counters whose start is known, or whose
/// edges are `anchored` or `smoothed`.
final class MixedRangeCallNode extends VectorNode {
  /// Functions that treat histograms as any other sample.
  private static final Set<String> OF_ANY_SAMPLE =
      Set.of(
          "count_over_time",
          "present_over_time",
          "first_over_time",
          "last_over_time",
          "ts_of_first_over_time",
          "ts_of_last_over_time");

  private final RangeNode operand;
  private final String name;
  private final RangeFunctions ofNumbers;
  private final ScalarNode first;
  private final ScalarNode second;
  private final MixedSamples samples;
  private final String counterPlace;

  /// @param place of the range, `counterPlace` too if it has to be a counter's, else empty
  MixedRangeCallNode(
      RangeNode operand,
      String name,
      String place,
      String counterPlace,
      ScalarNode first,
      ScalarNode second,
      NameRemoval removal) {
    RangeFunctions function = RangeFunctions.of(name);
    super(function.keepsName() ? operand.shape() : operand.shape().withoutNames(removal));
    this.operand = operand;
    this.name = name;
    this.ofNumbers = function;
    this.first = first;
    this.second = second;
    this.samples = new MixedSamples(operand, place);
    this.counterPlace = counterPlace;
  }

  @Override
  void compute(Tick tick) {
    operand.prepare(tick);
    double firstArgument = first.evaluate(tick);
    double other = second.evaluate(tick);
    Range range = new Range();
    range.set(operand.startMillis, operand.endMillis, tick.timeMillis(), firstArgument, other);
    for (int row = 0; row < values.length; row++) {
      samples.look(row, tick);
      values[row] = samples.size() == 0 ? StaleMarker.VALUE : value(range);
      if (!counterPlace.isEmpty() && hasNumber(row)) {
        Annotations.noCounter(operand.shape().labels(row), counterPlace, tick);
      }
    }
  }

  private double value(Range range) {
    if (operand instanceof ExtendedRangeNode extended) {
      return extended(extended, range);
    }
    return switch (name) {
      case "rate" -> new MixedRates(true, true).change(samples, range);
      case "increase" -> new MixedRates(true, false).change(samples, range);
      case "delta" -> new MixedRates(false, false).change(samples, range);
      case "irate" -> new MixedRates(true, true).last(samples);
      case "idelta" -> new MixedRates(false, false).last(samples);
      case "changes" -> changes();
      case "resets" -> resets();
      case "sum_over_time" -> samples.hasHistograms() ? sum() : numbers(range);
      case "avg_over_time" -> samples.hasHistograms() ? mean() : numbers(range);
      default -> numbers(range);
    };
  }

  private double extended(ExtendedRangeNode extended, Range range) {
    boolean isSmoothed = extended.isSmoothed();
    return switch (name) {
      case "rate" -> new ExtendedRates(isSmoothed, true, true).change(samples, range);
      case "increase" -> new ExtendedRates(isSmoothed, true, false).change(samples, range);
      case "delta" -> new ExtendedRates(isSmoothed, false, false).change(samples, range);
      default -> anchored(range);
    };
  }

  /// `changes` and `resets` from the last sample at or before the start on.
  private double anchored(Range range) {
    if (samples.time(samples.last()) <= range.startMillis()) {
      return StaleMarker.VALUE;
    }
    int anchor = 0;
    while (samples.time(anchor + 1 > samples.last() ? anchor : anchor + 1) <= range.startMillis()) {
      anchor++;
    }
    samples.skip(anchor);
    return name.equals("changes") ? changes() : resets();
  }

  private double numbers(Range range) {
    boolean takesAll = OF_ANY_SAMPLE.contains(name) || !samples.hasHistograms();
    var window = takesAll ? samples.all() : samples.numbers();
    if (!takesAll && window.size() > 0) {
      Annotations.ignoredInRange(samples.labels(), samples.place(), samples.tick());
    }
    return window.size() < ofNumbers.leastSamples()
        ? StaleMarker.VALUE
        : ofNumbers.function().apply(window, range);
  }

  private double changes() {
    int changes = 0;
    for (int i = 1; i < samples.size(); i++) {
      changes += isChange(i) ? 1 : 0;
    }
    return changes;
  }

  private boolean isChange(int position) {
    if (samples.isHistogram(position) != samples.isHistogram(position - 1)) {
      return true;
    }
    if (samples.isHistogram(position)) {
      return !samples.histogram(position).countsSameAs(samples.histogram(position - 1));
    }
    double before = samples.number(position - 1);
    double now = samples.number(position);
    return now != before && !(Double.isNaN(now) && Double.isNaN(before));
  }

  private double resets() {
    int resets = 0;
    for (int i = 1; i < samples.size(); i++) {
      boolean isOther = samples.isHistogram(i) != samples.isHistogram(i - 1);
      resets += isOther || samples.isReset(i) ? 1 : 0;
    }
    return resets;
  }

  private double sum() {
    if (refusesMix()) {
      return StaleMarker.VALUE;
    }
    HistogramSum sum = new HistogramSum(samples.histogram(0));
    for (int i = 1; i < samples.size(); i++) {
      NativeHistogram next = samples.histogram(i);
      if (!sum.accepts(next)) {
        Annotations.mixedSchemas(samples.labels(), samples.place(), samples.tick());
        return StaleMarker.VALUE;
      }
      sum.add(next);
    }
    remark(sum.isReconciled(), sum.isContradictory());
    return samples.kept(sum.total());
  }

  private double mean() {
    if (refusesMix()) {
      return StaleMarker.VALUE;
    }
    HistogramMean mean = new HistogramMean(samples.histogram(0));
    for (int i = 1; i < samples.size(); i++) {
      NativeHistogram next = samples.histogram(i);
      if (!mean.accepts(next)) {
        Annotations.mixedSchemas(samples.labels(), samples.place(), samples.tick());
        return StaleMarker.VALUE;
      }
      mean.add(next);
    }
    remark(mean.isReconciled(), mean.isContradictory());
    return samples.kept(mean.value());
  }

  private boolean refusesMix() {
    if (samples.hasNumbers()) {
      Annotations.mixedSamples(samples.labels(), samples.place(), samples.tick());
    }
    return samples.hasNumbers();
  }

  private void remark(boolean isReconciled, boolean isContradictory) {
    if (isContradictory) {
      Annotations.contradictoryResets("aggregation", samples.place(), samples.tick());
    }
    if (isReconciled) {
      Annotations.reconciledBounds("aggregation", samples.place(), samples.tick());
    }
  }
}
