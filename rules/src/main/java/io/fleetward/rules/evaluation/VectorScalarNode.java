package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.language.BinaryOperator;
import io.fleetward.rules.language.BinaryOperator.Kind;

/// An operator between a vector and a number, on either side.
final class VectorScalarNode extends VectorNode {
  private final VectorNode vector;
  private final ScalarNode scalar;
  private final BinaryOperator operator;
  private final boolean returnsBool;
  private final boolean scalarIsLeft;
  private final MixedOperation mixed;

  /// @param place of the operation, for annotations
  VectorScalarNode(
      Shape shape,
      VectorNode vector,
      ScalarNode scalar,
      BinaryOperator operator,
      boolean returnsBool,
      boolean scalarIsLeft,
      String place) {
    super(shape);
    this.vector = vector;
    this.scalar = scalar;
    this.operator = operator;
    this.returnsBool = returnsBool;
    this.scalarIsLeft = scalarIsLeft;
    this.mixed = new MixedOperation(operator, returnsBool, place);
  }

  @Override
  void compute(Tick tick) {
    vector.evaluate(tick);
    double number = scalar.evaluate(tick);
    for (int row = 0; row < values.length; row++) {
      values[row] = vector.has(row) ? result(vector.values[row], number, tick) : StaleMarker.VALUE;
    }
  }

  private double result(double value, double number, Tick tick) {
    if (mixed.concerns(value, number)) {
      double left = scalarIsLeft ? number : value;
      double right = scalarIsLeft ? value : number;
      return mixed.takes(left, right, tick) ? mixed.apply(left, right, tick) : StaleMarker.VALUE;
    }
    if (!scalarIsLeft) {
      return Arithmetic.apply(operator, returnsBool, value, number);
    }
    double result = Arithmetic.apply(operator, returnsBool, number, value);
    boolean filters = operator.kind() == Kind.COMPARISON && !returnsBool;
    // a comparison keeps the vector's value, on whichever side it stands
    return filters && !StaleMarker.is(result) ? value : result;
  }
}
