package io.fleetward.rules.placement;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.BinaryOperator;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.Aggregation;
import io.fleetward.rules.language.Expression.Binary;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.language.Printer;
import io.fleetward.rules.language.ValueType;
import io.fleetward.rules.language.VectorMatching;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Decides from its tree whether an expression falls apart by instance: whether evaluating it on
/// each host's series by themselves gives, together, what evaluating it on all series gives.
final class Partition {
  private final Predicate<VectorSelector> seesOtherHosts;

  /// @param seesOtherHosts whether a selector may find series that no single host has
  Partition(Predicate<VectorSelector> seesOtherHosts) {
    this.seesOtherHosts = seesOtherHosts;
  }

  /// What an expression's rows depend on.
  sealed interface Kind {
    /// No series at all, as `time()` or `vector(1)`.
    record Constant() implements Kind {}

    /// Each row on one instance, whose label it carries.
    record Local() implements Kind {}

    record Crossing(String reason) implements Kind {}
  }

  Kind of(Expression expression) {
    return switch (expression) {
      case Expression.NumberLiteral _, Expression.StringLiteral _ -> new Kind.Constant();
      case VectorSelector selector -> selector(selector);
      case Expression.RangeSelector range -> selector(range.selector());
      case Expression.Subquery subquery -> of(subquery.inner());
      case Expression.Unary unary -> of(unary.operand());
      case Expression.Parentheses parentheses -> of(parentheses.inner());
      case Aggregation aggregation -> aggregation(aggregation);
      case Call call -> call(call);
      case Binary binary -> binary(binary);
    };
  }

  private Kind selector(VectorSelector selector) {
    if (seesOtherHosts.test(selector)) {
      return new Kind.Crossing(
          "%s may find what a rule across hosts yields".formatted(Printer.selector(selector)));
    }
    for (LabelMatcher matcher : selector.matchers()) {
      if (matcher.name().equals(Labels.INSTANCE)
          && matcher.matchesValue("")
          && matcher.operator() == LabelMatcher.Operator.EQUAL) {
        return new Kind.Crossing(
            "%s asks for series without instance".formatted(Printer.selector(selector)));
      }
    }
    return new Kind.Local();
  }

  private Kind aggregation(Aggregation aggregation) {
    Kind operand = of(aggregation.operand());
    Expression parameter = aggregation.parameter();
    Kind ofParameter = parameter == null ? new Kind.Constant() : of(parameter);
    if (!(operand instanceof Kind.Local)) {
      return operand;
    }
    if (!(ofParameter instanceof Kind.Constant)) {
      return new Kind.Crossing(
          "the parameter of %s comes from series".formatted(aggregation.operator().word()));
    }
    boolean keepsInstance = aggregation.without() != aggregation.labels().contains(Labels.INSTANCE);
    boolean overwrites =
        parameter instanceof Expression.StringLiteral label
            && label.value().equals(Labels.INSTANCE);
    return keepsInstance && !overwrites
        ? operand
        : new Kind.Crossing(
            "%s drops instance; name it in by (…) to keep it on the host"
                .formatted(aggregation.operator().word()));
  }

  private Kind call(Call call) {
    Kind operands = new Kind.Constant();
    for (Expression argument : call.arguments()) {
      Kind kind = of(argument);
      if (kind instanceof Kind.Crossing) {
        return kind;
      }
      operands = kind instanceof Kind.Local ? kind : operands;
    }
    if (operands instanceof Kind.Constant) {
      return operands;
    }
    String name = call.function().name();
    return switch (name) {
      case "absent", "absent_over_time" ->
          new Kind.Crossing(name + "() is about all hosts together");
      case "scalar" -> new Kind.Crossing("scalar() needs the one series of all hosts");
      case "info" -> new Kind.Crossing("info() may take labels from other hosts");
      case "label_replace", "label_join", "histogram_quantiles" ->
          replacesInstance(call) ? new Kind.Crossing(name + "() changes instance") : operands;
      default -> operands;
    };
  }

  private static boolean replacesInstance(Call call) {
    return call.arguments().get(1).bare() instanceof Expression.StringLiteral label
        && label.value().equals(Labels.INSTANCE);
  }

  private Kind binary(Binary binary) {
    Kind left = of(binary.left());
    Kind right = of(binary.right());
    Optional<Kind> crossing =
        List.of(left, right).stream().filter(Kind.Crossing.class::isInstance).findFirst();
    if (crossing.isPresent()) {
      return crossing.get();
    }
    if (left instanceof Kind.Constant && right instanceof Kind.Constant) {
      return left;
    }
    boolean withNumber =
        binary.left().type() == ValueType.SCALAR || binary.right().type() == ValueType.SCALAR;
    if (withNumber) {
      return new Kind.Local();
    }
    if (left instanceof Kind.Constant || right instanceof Kind.Constant) {
      return withConstant(binary, left instanceof Kind.Constant);
    }
    return keepsInstance(binary.matching())
        ? new Kind.Local()
        : new Kind.Crossing(
            "%s matches series without regard to instance; add it to on (…)"
                .formatted(binary.operator().sign()));
  }

  private static Kind withConstant(Binary binary, boolean constantIsLeft) {
    BinaryOperator operator = binary.operator();
    boolean keepsOtherSide =
        switch (operator) {
          case AND, UNLESS -> !constantIsLeft;
          case OR -> false;
          default ->
              binary.matching().cardinality()
                  == (constantIsLeft
                      ? VectorMatching.Cardinality.ONE_TO_MANY
                      : VectorMatching.Cardinality.MANY_TO_ONE);
        };
    return keepsOtherSide
        ? new Kind.Local()
        : new Kind.Crossing("%s with a vector that belongs to no host".formatted(operator.sign()));
  }

  private static boolean keepsInstance(VectorMatching matching) {
    return matching.on() == matching.labels().contains(Labels.INSTANCE);
  }
}
