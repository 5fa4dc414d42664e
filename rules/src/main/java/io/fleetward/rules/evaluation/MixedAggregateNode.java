package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.HistogramMean;
import io.fleetward.rules.histogram.HistogramSum;
import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.language.AggregationOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An aggregation that makes one series of each group, whose members may be histograms.
final class MixedAggregateNode extends VectorNode {
  private final AggregationOperator operator;
  private final VectorNode operand;
  private final int[][] members;
  private final ScalarNode parameter;
  private final String parameterPlace;
  private final String place;
  private final double[] numbers;
  private final Reduction reduction = new Reduction();

  /// @param parameterPlace of the parameter, `place` of the operand, for annotations
  MixedAggregateNode(
      AggregationOperator operator,
      VectorNode operand,
      Groups groups,
      ScalarNode parameter,
      String parameterPlace,
      String place) {
    super(groups.shape());
    this.operator = operator;
    this.operand = operand;
    this.members = groups.members();
    this.parameter = parameter;
    this.parameterPlace = parameterPlace;
    this.place = place;
    this.numbers = new double[operand.size()];
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    double number = parameter.evaluate(tick);
    if (operator == AggregationOperator.QUANTILE) {
      Annotations.checkQuantile(number, parameterPlace, tick);
    }
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = operand.hasNumber(row) ? operand.values[row] : StaleMarker.VALUE;
    }
    for (int group = 0; group < members.length; group++) {
      values[group] = result(members[group], number, tick);
    }
  }

  private double result(int[] group, double number, Tick tick) {
    int[] histograms = Arrays.stream(group).filter(this::isHistogram).toArray();
    if (histograms.length == 0) {
      return reduction.of(operator, numbers, group, number);
    }
    boolean hasNumbers = Arrays.stream(group).anyMatch(operand::hasNumber);
    return switch (operator) {
      case COUNT, GROUP -> reduction.of(operator, operand.values, group, number);
      case SUM, AVG -> {
        if (hasNumbers) {
          Annotations.mixedGroup(place, tick);
          yield StaleMarker.VALUE;
        }
        @Nullable NativeHistogram combined =
            operator == AggregationOperator.SUM ? sum(histograms, tick) : mean(histograms, tick);
        yield combined == null ? StaleMarker.VALUE : tick.histograms().add(combined.compacted());
      }
      default -> {
        Annotations.ignoredInAggregation(operator.word(), place, tick);
        yield reduction.of(operator, numbers, group, number);
      }
    };
  }

  private boolean isHistogram(int row) {
    return HistogramTable.isHandle(operand.values[row]);
  }

  private List<NativeHistogram> histograms(int[] rows, Tick tick) {
    List<NativeHistogram> histograms = new ArrayList<>(rows.length);
    for (int row : rows) {
      histograms.add(tick.histograms().get(operand.values[row]));
    }
    return histograms;
  }

  private @Nullable NativeHistogram sum(int[] rows, Tick tick) {
    List<NativeHistogram> histograms = histograms(rows, tick);
    HistogramSum sum = new HistogramSum(histograms.getFirst());
    for (int i = 1; i < rows.length; i++) {
      if (!sum.accepts(histograms.get(i))) {
        Annotations.mixedSchemas(operand.shape().labels(rows[i]), place, tick);
        return null;
      }
      sum.add(histograms.get(i));
    }
    remark(sum.isReconciled(), sum.isContradictory(), tick);
    return sum.total();
  }

  private @Nullable NativeHistogram mean(int[] rows, Tick tick) {
    List<NativeHistogram> histograms = histograms(rows, tick);
    HistogramMean mean = new HistogramMean(histograms.getFirst());
    for (int i = 1; i < rows.length; i++) {
      if (!mean.accepts(histograms.get(i))) {
        Annotations.mixedSchemas(operand.shape().labels(rows[i]), place, tick);
        return null;
      }
      mean.add(histograms.get(i));
    }
    remark(mean.isReconciled(), mean.isContradictory(), tick);
    return mean.value();
  }

  private void remark(boolean isReconciled, boolean isContradictory, Tick tick) {
    if (isReconciled) {
      Annotations.reconciledBounds("aggregation", place, tick);
    }
    if (isContradictory) {
      Annotations.contradictoryResets("aggregation", place, tick);
    }
  }
}
