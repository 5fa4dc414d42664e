package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.LabelMatcher.Operator;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.RangeSelector;
import io.fleetward.rules.language.Expression.VectorSelector;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// `absent` and `absent_over_time`: 1 where nothing is.
final class AbsentNode extends VectorNode {
  private final Predicate<Tick> isEmpty;

  private AbsentNode(Labels labels, Predicate<Tick> isEmpty) {
    super(Shape.of(labels));
    this.isEmpty = isEmpty;
  }

  static AbsentNode of(Expression argument, Bound operand) {
    return new AbsentNode(
        labels(argument),
        switch (operand) {
          case VectorNode vector -> tick -> isEmpty(vector, tick);
          case RangeNode range -> tick -> isEmpty(range, tick);
          case ScalarNode _, Bound.Text _ ->
              throw new IllegalArgumentException("absent of no vector");
        });
  }

  private static boolean isEmpty(VectorNode vector, Tick tick) {
    vector.evaluate(tick);
    for (int row = 0; row < vector.size(); row++) {
      if (vector.has(row)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEmpty(RangeNode range, Tick tick) {
    range.prepare(tick);
    for (int row = 0; row < range.size(); row++) {
      if (range.window(row, tick).size() > 0) {
        return false;
      }
    }
    return true;
  }

  /// The labels that a series would have if the selector found one: those it asks for by equality.
  private static Labels labels(Expression argument) {
    List<LabelMatcher> matchers =
        switch (argument) {
          case VectorSelector selector -> selector.matchers();
          case RangeSelector range -> range.selector().matchers();
          default -> List.of();
        };
    Map<String, String> labels = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (LabelMatcher matcher : matchers) {
      if (matcher.name().equals(Labels.METRIC_NAME)) {
        continue;
      }
      if (matcher.operator() == Operator.EQUAL && seen.add(matcher.name())) {
        labels.put(matcher.name(), matcher.value());
      } else {
        labels.remove(matcher.name());
      }
    }
    return Labels.from(labels);
  }

  @Override
  void compute(Tick tick) {
    values[0] = isEmpty.test(tick) ? 1 : StaleMarker.VALUE;
  }
}
