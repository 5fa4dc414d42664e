package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import java.util.Arrays;

/// `start_timestamp(…)`: since when the counters of a selector have counted; nothing for any other
/// expression.
final class StartTimestampNode extends VectorNode {
  private final VectorNode operand;

  StartTimestampNode(VectorNode operand, NameRemoval removal) {
    super(operand.shape().withoutNames(removal));
    this.operand = operand;
  }

  @Override
  void compute(Tick tick) {
    if (operand instanceof SelectorNode selector) {
      selector.starts(tick, values);
    } else {
      Arrays.fill(values, StaleMarker.VALUE);
    }
  }
}
