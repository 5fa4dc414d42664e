package io.fleetward.rules.evaluation;

import io.fleetward.rules.language.AggregationOperator;

/// An aggregation that makes one series of each group.
final class AggregateNode extends VectorNode {
  private final AggregationOperator operator;
  private final VectorNode operand;
  private final int[][] members;
  private final ScalarNode parameter;
  private final String place;
  private final Reduction reduction = new Reduction();

  /// @param place line and column of the parameter, for annotations
  AggregateNode(
      AggregationOperator operator,
      VectorNode operand,
      Groups groups,
      ScalarNode parameter,
      String place) {
    super(groups.shape());
    this.operator = operator;
    this.operand = operand;
    this.members = groups.members();
    this.parameter = parameter;
    this.place = place;
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    double number = parameter.evaluate(tick);
    if (operator == AggregationOperator.QUANTILE) {
      Annotations.checkQuantile(number, place, tick);
    }
    for (int group = 0; group < members.length; group++) {
      values[group] = reduction.of(operator, operand.values, members[group], number);
    }
  }
}
