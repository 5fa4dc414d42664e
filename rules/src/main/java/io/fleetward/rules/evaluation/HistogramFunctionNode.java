package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.histogram.Spread;
import java.util.function.ToDoubleFunction;

/// A function of each native histogram of a vector, as `histogram_count`; numbers give nothing.
final class HistogramFunctionNode extends VectorNode {
  private final VectorNode operand;
  private final ToDoubleFunction<NativeHistogram> function;

  HistogramFunctionNode(
      Shape shape, VectorNode operand, ToDoubleFunction<NativeHistogram> function) {
    super(shape);
    this.operand = operand;
    this.function = function;
  }

  static ToDoubleFunction<NativeHistogram> of(String name) {
    return switch (name) {
      case "histogram_count" -> NativeHistogram::count;
      case "histogram_sum" -> NativeHistogram::sum;
      case "histogram_avg" -> histogram -> histogram.sum() / histogram.count();
      case "histogram_stdvar" -> Spread::variance;
      case "histogram_stddev" -> histogram -> Math.sqrt(Spread.variance(histogram));
      default -> throw new IllegalArgumentException("no function of a histogram: " + name);
    };
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    for (int row = 0; row < values.length; row++) {
      double value = operand.values[row];
      values[row] =
          HistogramTable.isHandle(value)
              ? function.applyAsDouble(tick.histograms().get(value))
              : StaleMarker.VALUE;
    }
  }
}
