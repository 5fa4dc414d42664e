package io.fleetward.rules.evaluation;

/// A unary minus.
final class NegationNode extends VectorNode {
  private final VectorNode operand;

  NegationNode(Shape shape, VectorNode operand) {
    super(shape);
    this.operand = operand;
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    for (int row = 0; row < values.length; row++) {
      double value = operand.values[row];
      values[row] =
          operand.hasNumber(row)
              ? -value
              : operand.has(row)
                  ? tick.histograms().add(tick.histograms().get(value).times(-1))
                  : value;
    }
  }
}
