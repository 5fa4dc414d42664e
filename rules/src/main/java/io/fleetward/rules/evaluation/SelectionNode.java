package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.language.AggregationOperator;
import java.util.Arrays;
import java.util.stream.IntStream;

/// An aggregation that keeps some members of each group: `topk`, `bottomk`, `limitk`.
final class SelectionNode extends VectorNode {
  private final AggregationOperator operator;
  private final VectorNode operand;
  private final int[][] members;
  private final ScalarNode parameter;
  private int[] order = new int[0];

  SelectionNode(
      AggregationOperator operator, VectorNode operand, Groups groups, ScalarNode parameter) {
    super(operand.shape);
    this.operator = operator;
    this.operand = operand;
    this.members = groups.members();
    this.parameter = parameter;
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    double number = parameter.evaluate(tick);
    if (Double.isNaN(number)) {
      throw new EvaluationException("Parameter value is NaN");
    }
    if (Math.abs(number) >= Long.MAX_VALUE) {
      throw new EvaluationException("Scalar value %s overflows int64".formatted(number));
    }
    Arrays.fill(values, StaleMarker.VALUE);
    order = IntStream.empty().toArray();
    int[] chosen =
        Arrays.stream(members).flatMapToInt(group -> choose(group, (long) number)).toArray();
    for (int row : chosen) {
      values[row] = operand.values[row];
    }
    order = chosen;
  }

  private IntStream choose(int[] group, long count) {
    if (count < 1) {
      return IntStream.empty();
    }
    IntStream there = Arrays.stream(group).filter(operand::has);
    if (operator == AggregationOperator.LIMITK) {
      return there.limit(count);
    }
    return there.boxed().sorted(this::compare).limit(count).mapToInt(Integer::intValue);
  }

  /// Orders the wanted row first; one without a number comes last.
  private int compare(int one, int other) {
    double left = operand.values[one];
    double right = operand.values[other];
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }
    if (left == right) {
      return 0;
    }
    boolean wantsGreatest = operator == AggregationOperator.TOPK;
    return (left > right) == wantsGreatest ? -1 : 1;
  }

  @Override
  int[] order() {
    return order;
  }
}
