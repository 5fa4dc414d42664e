package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;

/// A function of each value of a vector, as `abs` or `clamp`.
final class ElementNode extends VectorNode {
  private final VectorNode operand;
  private final ElementFunction function;
  private final ScalarNode first;
  private final ScalarNode second;

  ElementNode(
      Shape shape,
      VectorNode operand,
      ElementFunction function,
      ScalarNode first,
      ScalarNode second) {
    super(shape);
    this.operand = operand;
    this.function = function;
    this.first = first;
    this.second = second;
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    double a = first.evaluate(tick);
    double b = second.evaluate(tick);
    for (int row = 0; row < values.length; row++) {
      values[row] =
          operand.hasNumber(row) ? function.apply(operand.values[row], a, b) : StaleMarker.VALUE;
    }
  }
}
