package io.fleetward.rules.placement;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.LabelMatcher.Operator;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.Aggregation;
import io.fleetward.rules.language.Expression.Binary;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.language.ValueType;
import io.fleetward.rules.language.VectorMatching;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether the results of cross-host rules carry the label `instance`, so that they can go back to
/// their hosts. Told from the expressions; where that does not decide it, the answer is no.
public final class InstanceLabel {
  /// Functions whose result has no labels, or others than their series.
  private static final Set<String> WITHOUT =
      Set.of(
          "absent",
          "absent_over_time",
          "scalar",
          "vector",
          "time",
          "pi",
          "label_replace",
          "label_join",
          "info",
          "histogram_quantiles");

  private final Map<String, Rule> crossing = new HashMap<>();

  public InstanceLabel(RuleSet rules, Placements placements) {
    rules.groups().stream()
        .flatMap(group -> group.rules().stream())
        .filter(Rule.Recording.class::isInstance)
        .filter(rule -> placements.of(rule) instanceof Placement.CrossHost)
        .forEach(rule -> crossing.put(rule.name(), rule));
  }

  /// Whether every result of a rule carries the label.
  public boolean isCarriedBy(Rule rule) {
    return isCarriedBy(rule.expression(), Set.of(rule.name()));
  }

  /// @param seen rules that are being looked at, lest one that reads itself be looked at for ever
  private boolean isCarriedBy(Expression expression, Set<String> seen) {
    return switch (expression) {
      case Expression.NumberLiteral _, Expression.StringLiteral _ -> false;
      case VectorSelector selector -> selector(selector, seen);
      case Expression.RangeSelector range -> selector(range.selector(), seen);
      case Expression.Subquery subquery -> isCarriedBy(subquery.inner(), seen);
      case Expression.Unary unary -> isCarriedBy(unary.operand(), seen);
      case Expression.Parentheses parentheses -> isCarriedBy(parentheses.inner(), seen);
      case Aggregation aggregation -> aggregation(aggregation, seen);
      case Call call ->
          !WITHOUT.contains(call.function().name())
              && call.arguments().stream().anyMatch(argument -> isCarriedBy(argument, seen));
      case Binary binary -> binary(binary, seen);
    };
  }

  private boolean selector(VectorSelector selector, Set<String> seen) {
    for (LabelMatcher matcher : selector.matchers()) {
      Rule rule = crossing.get(matcher.value());
      boolean namesRule =
          matcher.name().equals(Labels.METRIC_NAME)
              && matcher.operator() == Operator.EQUAL
              && rule != null;
      if (namesRule && rule != null) {
        Set<String> more = new HashSet<>(seen);
        return more.add(rule.name()) && isCarriedBy(rule.expression(), more);
      }
    }
    return true;
  }

  private boolean aggregation(Aggregation aggregation, Set<String> seen) {
    boolean picksSeries =
        List.of("topk", "bottomk", "limitk", "limit_ratio").contains(aggregation.operator().word());
    boolean keeps = aggregation.without() != aggregation.labels().contains(Labels.INSTANCE);
    return (keeps || picksSeries) && isCarriedBy(aggregation.operand(), seen);
  }

  private boolean binary(Binary binary, Set<String> seen) {
    if (binary.left().type() == ValueType.SCALAR) {
      return isCarriedBy(binary.right(), seen);
    }
    if (binary.right().type() == ValueType.SCALAR) {
      return isCarriedBy(binary.left(), seen);
    }
    VectorMatching matching = binary.matching();
    return switch (binary.operator()) {
      case AND, UNLESS -> isCarriedBy(binary.left(), seen);
      case OR -> isCarriedBy(binary.left(), seen) && isCarriedBy(binary.right(), seen);
      default ->
          switch (matching.cardinality()) {
            case MANY_TO_ONE -> isCarriedBy(binary.left(), seen);
            case ONE_TO_MANY -> isCarriedBy(binary.right(), seen);
            default ->
                matching.on() == matching.labels().contains(Labels.INSTANCE)
                    && isCarriedBy(binary.left(), seen);
          };
    };
  }
}
