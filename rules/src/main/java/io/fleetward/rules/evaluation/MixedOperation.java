package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.HistogramSum;
import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.histogram.ResetHint;
import io.fleetward.rules.histogram.Trimming;
import io.fleetward.rules.language.BinaryOperator;
import io.fleetward.rules.language.BinaryOperator.Kind;

/// An operator between two values of which one is a histogram.
///
/// @param place of the operation, for annotations
record MixedOperation(BinaryOperator operator, boolean returnsBool, String place) {
  /// Whether an operation is one of these.
  boolean concerns(double left, double right) {
    return HistogramTable.isHandle(left)
        || HistogramTable.isHandle(right)
        || operator.kind() == Kind.TRIM;
  }

  /// Whether the operator can do something with both values; says so if not.
  boolean takes(double left, double right, Tick tick) {
    boolean leftIsHistogram = HistogramTable.isHandle(left);
    boolean rightIsHistogram = HistogramTable.isHandle(right);
    boolean takesTypes =
        switch (operator) {
          case ADD, SUBTRACT, EQUAL, NOT_EQUAL -> leftIsHistogram && rightIsHistogram;
          case MULTIPLY -> leftIsHistogram != rightIsHistogram;
          case DIVIDE, TRIM_UPPER, TRIM_LOWER -> leftIsHistogram && !rightIsHistogram;
          default -> false;
        };
    if (!takesTypes) {
      Annotations.incompatibleTypes(
          leftIsHistogram ? "histogram" : "float",
          operator.sign(),
          rightIsHistogram ? "histogram" : "float",
          place,
          tick);
      return false;
    }
    boolean isSum = operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT;
    if (isSum && histogram(left, tick).isCustom() != histogram(right, tick).isCustom()) {
      Annotations.incompatibleBuckets(operator.sign(), place, tick);
      return false;
    }
    return true;
  }

  private static NativeHistogram histogram(double handle, Tick tick) {
    return tick.histograms().get(handle);
  }

  /// The result for values that the operator [#takes]; a stale marker for none.
  double apply(double left, double right, Tick tick) {
    return switch (operator) {
      case MULTIPLY ->
          HistogramTable.isHandle(left)
              ? kept(histogram(left, tick).times(right), tick)
              : kept(histogram(right, tick).times(left), tick);
      case DIVIDE -> kept(histogram(left, tick).dividedBy(right), tick);
      case TRIM_UPPER -> tick.histograms().add(Trimming.below(histogram(left, tick), right));
      case TRIM_LOWER -> tick.histograms().add(Trimming.above(histogram(left, tick), right));
      case ADD, SUBTRACT -> sum(histogram(left, tick), histogram(right, tick), tick);
      case EQUAL, NOT_EQUAL -> {
        boolean isSame = histogram(left, tick).countsSameAs(histogram(right, tick));
        boolean holds = isSame == (operator == BinaryOperator.EQUAL);
        yield returnsBool ? (holds ? 1 : 0) : holds ? left : StaleMarker.VALUE;
      }
      default -> throw new IllegalArgumentException("not on histograms: " + operator);
    };
  }

  private static double kept(NativeHistogram histogram, Tick tick) {
    return tick.histograms().add(histogram.compacted());
  }

  private double sum(NativeHistogram left, NativeHistogram right, Tick tick) {
    HistogramSum sum = new HistogramSum(left);
    boolean isAddition = operator == BinaryOperator.ADD;
    if (isAddition) {
      sum.add(right);
    } else {
      sum.subtract(right);
    }
    String word = isAddition ? "addition" : "subtraction";
    if (sum.isReconciled()) {
      Annotations.reconciledBounds(word, place, tick);
    }
    if (sum.isContradictory()) {
      Annotations.contradictoryResets(word, place, tick);
      return StaleMarker.VALUE;
    }
    NativeHistogram total = sum.total();
    return kept(isAddition ? total : total.with(ResetHint.GAUGE), tick);
  }
}
