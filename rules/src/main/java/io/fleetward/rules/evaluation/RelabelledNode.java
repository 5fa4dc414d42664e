package io.fleetward.rules.evaluation;

/// A vector with other labels, as `label_replace` makes it.
final class RelabelledNode extends VectorNode {
  private final VectorNode operand;

  RelabelledNode(VectorNode operand, Shape shape) {
    super(shape);
    this.operand = operand;
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    System.arraycopy(operand.values, 0, values, 0, values.length);
  }
}
