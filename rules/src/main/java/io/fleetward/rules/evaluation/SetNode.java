package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.language.BinaryOperator;
import io.fleetward.rules.language.VectorMatching;
import java.util.Arrays;

/// `and`, `or`, `unless`.
final class SetNode extends VectorNode {
  private final BinaryOperator operator;
  private final VectorNode left;
  private final VectorNode right;
  private final Matching matching;
  private final boolean[] isThere;

  SetNode(
      BinaryOperator operator, VectorNode left, VectorNode right, VectorMatching vectorMatching) {
    super(shapeOf(operator, left.shape(), right.shape()));
    this.operator = operator;
    this.left = left;
    this.right = right;
    this.matching = Matching.of(left.shape(), right.shape(), vectorMatching);
    this.isThere = new boolean[matching.groups()];
  }

  private static Shape shapeOf(BinaryOperator operator, Shape left, Shape right) {
    if (operator != BinaryOperator.OR) {
      return left;
    }
    Shape.Builder rows = new Shape.Builder();
    for (Shape shape : new Shape[] {left, right}) {
      for (int row = 0; row < shape.size(); row++) {
        rows.add(shape.labels(row), shape.nameFallsAway(row));
      }
    }
    return rows.build();
  }

  @Override
  void compute(Tick tick) {
    left.evaluate(tick);
    right.evaluate(tick);
    if (operator == BinaryOperator.OR) {
      union();
    } else {
      mark(right, matching.right());
      boolean wanted = operator == BinaryOperator.AND;
      for (int row = 0; row < values.length; row++) {
        boolean stays = isThere[matching.left()[row]] == wanted;
        values[row] = stays ? left.values[row] : StaleMarker.VALUE;
      }
    }
  }

  private void union() {
    mark(left, matching.left());
    System.arraycopy(left.values, 0, values, 0, left.size());
    for (int row = 0; row < right.size(); row++) {
      values[left.size() + row] =
          isThere[matching.right()[row]] ? StaleMarker.VALUE : right.values[row];
    }
  }

  private void mark(VectorNode side, int[] groups) {
    Arrays.fill(isThere, false);
    for (int row = 0; row < side.size(); row++) {
      isThere[groups[row]] |= side.has(row);
    }
  }
}
