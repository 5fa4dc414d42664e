package io.fleetward.rules.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/// A vector in a certain order.
final class SortNode extends VectorNode {
  private final VectorNode operand;
  private final Comparator<Integer> comparator;

  private SortNode(VectorNode operand, Comparator<Integer> comparator) {
    super(operand.shape);
    this.operand = operand;
    this.comparator = comparator;
  }

  /// Sorted by value, NaN last.
  static SortNode byValue(VectorNode operand, boolean descending) {
    return new SortNode(operand, (one, other) -> compare(operand, one, other, descending));
  }

  /// Sorted by other means.
  static SortNode by(VectorNode operand, Comparator<Integer> comparator) {
    return new SortNode(operand, comparator);
  }

  private static int compare(VectorNode operand, int one, int other, boolean descending) {
    double left = operand.values[one];
    double right = operand.values[other];
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }
    return descending ? Double.compare(right, left) : Double.compare(left, right);
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    System.arraycopy(operand.values, 0, values, 0, values.length);
  }

  @Override
  int[] order() {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(comparator)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
