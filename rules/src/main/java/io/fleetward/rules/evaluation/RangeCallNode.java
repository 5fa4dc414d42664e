package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.series.Window;

/// A function of ranges, as `rate`.
final class RangeCallNode extends VectorNode {
  private final RangeNode operand;
  private final RangeFunctions function;
  private final ScalarNode first;
  private final ScalarNode second;

  RangeCallNode(
      RangeNode operand,
      RangeFunctions function,
      ScalarNode first,
      ScalarNode second,
      NameRemoval removal) {
    super(function.keepsName() ? operand.shape : operand.shape.withoutNames(removal));
    this.operand = operand;
    this.function = function;
    this.first = first;
    this.second = second;
  }

  @Override
  void compute(Tick tick) {
    operand.prepare(tick);
    RangeFunction.Range range =
        new RangeFunction.Range(
            operand.startMillis,
            operand.endMillis,
            tick.timeMillis(),
            first.evaluate(tick),
            second.evaluate(tick));
    for (int row = 0; row < values.length; row++) {
      Window window = operand.window(row, tick);
      values[row] =
          window.size() < function.leastSamples()
              ? StaleMarker.VALUE
              : function.function().apply(window, range);
    }
  }
}
