package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.series.Window;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A function of ranges, as `rate`.
final class RangeCallNode extends VectorNode {
  private final RangeNode operand;
  private final RangeFunctions function;
  private final Digests.@Nullable OfRuns ofRuns;
  private final String counterPlace;
  private final ScalarNode first;
  private final ScalarNode second;
  private final RangeFunction.Range range = new RangeFunction.Range();

  /// @param counterPlace where the range stands if it has to be a counter's; empty if not
  RangeCallNode(
      RangeNode operand,
      RangeFunctions function,
      Optional<Digests.OfRuns> ofRuns,
      String counterPlace,
      ScalarNode first,
      ScalarNode second,
      NameRemoval removal) {
    super(function.keepsName() ? operand.shape() : operand.shape().withoutNames(removal));
    this.operand = operand;
    this.function = function;
    this.counterPlace = counterPlace;
    this.ofRuns = ofRuns.orElse(null);
    this.first = first;
    this.second = second;
  }

  @Override
  void compute(Tick tick) {
    operand.prepare(tick);
    double firstArgument = first.evaluate(tick);
    double other = second.evaluate(tick);
    range.set(operand.startMillis, operand.endMillis, tick.timeMillis(), firstArgument, other);
    for (int row = 0; row < values.length; row++) {
      values[row] =
          ofRuns != null && operand.isLong(row, tick)
              ? digested(ofRuns, row, tick)
              : seen(row, tick);
      if (!counterPlace.isEmpty() && has(row)) {
        Annotations.noCounter(operand.shape().labels(row), counterPlace, tick);
      }
    }
  }

  private double seen(int row, Tick tick) {
    Window window = operand.window(row, tick);
    return window.size() < function.leastSamples()
        ? StaleMarker.VALUE
        : function.function().apply(window, range);
  }

  private double digested(Digests.OfRuns digest, int row, Tick tick) {
    digest.restart();
    operand.digest(row, tick, digest);
    return digest.count < function.leastSamples() ? StaleMarker.VALUE : digest.result(range);
  }
}
