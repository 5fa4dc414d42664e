package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import java.util.Comparator;
import java.util.stream.IntStream;

/// A vector in a certain order.
final class SortNode extends VectorNode {
  private final VectorNode operand;
  private final Comparator<Integer> comparator;
  private final boolean onlyNumbers;
  private final String place;

  private SortNode(
      VectorNode operand, Comparator<Integer> comparator, boolean onlyNumbers, String place) {
    super(operand.shape());
    this.onlyNumbers = onlyNumbers;
    this.place = place;
    this.operand = operand;
    this.comparator = comparator;
  }

  /// Sorted by value, NaN last, histograms left out.
  static SortNode byValue(VectorNode operand, boolean descending, String place) {
    return new SortNode(
        operand, (one, other) -> compare(operand, one, other, descending), true, place);
  }

  /// Sorted by other means.
  static SortNode by(VectorNode operand, Comparator<Integer> comparator, String place) {
    return new SortNode(operand, comparator, false, place);
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
    Annotations.uselessSort(place, tick);
    for (int row = 0; row < values.length; row++) {
      boolean stays = !onlyNumbers || operand.hasNumber(row);
      values[row] = stays ? operand.values[row] : StaleMarker.VALUE;
    }
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
