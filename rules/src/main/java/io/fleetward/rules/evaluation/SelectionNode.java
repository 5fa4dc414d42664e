package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.language.AggregationOperator;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An aggregation that keeps some members of each group: `topk`, `bottomk`, `limitk`.
final class SelectionNode extends VectorNode {
  private final AggregationOperator operator;
  private final VectorNode operand;
  private final int[][] members;
  private final ScalarNode parameter;
  private final String parameterPlace;
  private final String place;
  private int @Nullable [] order = new int[0];

  /// @param parameterPlace of the parameter, `place` of the aggregation, for annotations
  SelectionNode(
      AggregationOperator operator,
      VectorNode operand,
      Groups groups,
      ScalarNode parameter,
      String parameterPlace,
      String place) {
    super(operand.shape());
    this.operator = operator;
    this.operand = operand;
    this.members = groups.members();
    this.parameter = parameter;
    this.parameterPlace = parameterPlace;
    this.place = place;
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    double number = parameter.evaluate(tick);
    if (Double.isNaN(number)) {
      throw new EvaluationException(
          operator == AggregationOperator.LIMIT_RATIO
              ? "Ratio value is NaN"
              : "Parameter value is NaN");
    }
    if (operator == AggregationOperator.LIMIT_RATIO) {
      double capped = Math.max(-1, Math.min(1, number));
      if (capped != number) {
        Annotations.invalidRatio(number, capped, parameterPlace, tick);
      }
      chooseShare(capped);
      return;
    }
    if (Math.abs(number) >= Long.MAX_VALUE) {
      throw new EvaluationException("Scalar value %s overflows int64".formatted(number));
    }
    Arrays.fill(values, StaleMarker.VALUE);
    int[] chosen =
        Arrays.stream(members).flatMapToInt(group -> choose(group, (long) number, tick)).toArray();
    for (int row : chosen) {
      values[row] = operand.values[row];
    }
    order = chosen;
  }

  /// Keeps a share of the rows by a hash of their labels; a negative share keeps those that its
  /// complement leaves out.
  private void chooseShare(double share) {
    for (int row = 0; row < values.length; row++) {
      double place = LabelHash.share(operand.shape().labels(row));
      boolean isChosen = share >= 0 ? place < share : place >= 1 + share;
      values[row] = isChosen ? operand.values[row] : StaleMarker.VALUE;
    }
    order = null;
  }

  private IntStream choose(int[] group, long count, Tick tick) {
    if (count < 1) {
      return IntStream.empty();
    }
    IntStream there = Arrays.stream(group).filter(operand::has);
    if (operator == AggregationOperator.LIMITK) {
      return there.limit(count);
    }
    if (Arrays.stream(group).anyMatch(row -> HistogramTable.isHandle(operand.values[row]))) {
      Annotations.ignoredInAggregation(operator.word(), place, tick);
    }
    return there
        .filter(operand::hasNumber)
        .boxed()
        .sorted(this::compare)
        .limit(count)
        .mapToInt(Integer::intValue);
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
  int @Nullable [] order() {
    return order;
  }
}
