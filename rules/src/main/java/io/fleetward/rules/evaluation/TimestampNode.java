package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;

/// `timestamp(…)`: when the samples of a selector were taken, or the time of the evaluation.
final class TimestampNode extends VectorNode {
  private final VectorNode operand;

  TimestampNode(VectorNode operand, NameRemoval removal) {
    super(operand.shape().withoutNames(removal));
    this.operand = operand;
  }

  @Override
  void compute(Tick tick) {
    if (operand instanceof SelectorNode selector) {
      selector.times(tick, values);
      return;
    }
    operand.evaluate(tick);
    for (int row = 0; row < values.length; row++) {
      values[row] = operand.has(row) ? tick.timeMillis() / 1000.0 : StaleMarker.VALUE;
    }
  }
}
