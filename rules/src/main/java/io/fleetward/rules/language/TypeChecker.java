package io.fleetward.rules.language;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.rules.language.Expression.Aggregation;
import io.fleetward.rules.language.Expression.Binary;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.Edges;
import io.fleetward.rules.language.Expression.RangeSelector;
import io.fleetward.rules.language.Expression.Subquery;
import io.fleetward.rules.language.Expression.Unary;
import io.fleetward.rules.language.Expression.VectorSelector;
import java.util.List;
import java.util.Set;

/// Checks that every operand has a type that its operator or function takes.
final class TypeChecker {
  private static final Set<String> ANCHORABLE =
      Set.of("changes", "delta", "increase", "rate", "resets");
  private static final Set<String> SMOOTHABLE = Set.of("delta", "increase", "rate");

  private TypeChecker() {}

  /// @throws RefusalException at the first node with a wrong type
  static void check(Expression expression) {
    switch (expression) {
      case Binary binary -> checkBinary(binary);
      case Aggregation aggregation -> checkAggregation(aggregation);
      case Call call -> checkCall(call);
      case Unary unary -> checkUnary(unary);
      case Subquery subquery -> checkSubquery(subquery);
      case VectorSelector selector -> checkSelector(selector);
      case RangeSelector _,
          Expression.NumberLiteral _,
          Expression.StringLiteral _,
          Expression.Parentheses _ -> {}
    }
    if (expression instanceof Call call && InfoSelector.isInfo(call)) {
      // what is left of the second argument only tells labels apart
      check(call.arguments().getFirst());
      return;
    }
    expression.children().forEach(TypeChecker::check);
  }

  private static void checkSelector(VectorSelector selector) {
    if (takesAnything(selector.matchers())) {
      throw new RefusalException(
          selector.place(),
          "vector selector must contain at least one non-empty matcher; add a metric name");
    }
  }

  private static boolean takesAnything(List<LabelMatcher> matchers) {
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matchesValue("")) {
        return false;
      }
    }
    return true;
  }

  private static void require(ValueType expected, Expression given, String context) {
    if (given.type() != expected) {
      throw new RefusalException(
          given.place(),
          "expected type %s in %s, got %s"
              .formatted(expected.words(), context, given.type().words()));
    }
  }

  private static boolean isVectorOrScalar(Expression expression) {
    return expression.type() == ValueType.SCALAR || expression.type() == ValueType.INSTANT_VECTOR;
  }

  private static void checkBinary(Binary binary) {
    for (Expression side : List.of(binary.left(), binary.right())) {
      if (!isVectorOrScalar(side)) {
        throw new RefusalException(
            side.place(), "binary expression must contain only scalar and instant vector types");
      }
    }
    boolean ofScalars = binary.type() == ValueType.SCALAR;
    boolean ofVectors =
        binary.left().type() == ValueType.INSTANT_VECTOR
            && binary.right().type() == ValueType.INSTANT_VECTOR;
    BinaryOperator operator = binary.operator();
    if (ofScalars && operator.kind() == BinaryOperator.Kind.COMPARISON && !binary.returnsBool()) {
      throw new RefusalException(
          binary.place(), "comparisons between scalars must use BOOL modifier");
    }
    if (!ofVectors && operator.kind() == BinaryOperator.Kind.SET) {
      throw new RefusalException(
          binary.place(),
          "set operator \"%s\" not allowed in binary scalar expression".formatted(operator.sign()));
    }
    if (ofScalars && operator.kind() == BinaryOperator.Kind.TRIM) {
      throw new RefusalException(
          binary.place(),
          "operator \"%s\" not allowed for Scalar operations".formatted(operator.sign()));
    }
    VectorMatching matching = binary.matching();
    if (!ofVectors && (matching.on() || !matching.labels().isEmpty())) {
      throw new RefusalException(
          binary.place(), "vector matching only allowed between instant vectors");
    }
    if (!ofVectors && (matching.fillLeft().isPresent() || matching.fillRight().isPresent())) {
      throw new RefusalException(
          binary.place(), "filling in missing series only allowed between instant vectors");
    }
  }

  private static void checkAggregation(Aggregation aggregation) {
    require(ValueType.INSTANT_VECTOR, aggregation.operand(), "aggregation expression");
    if (aggregation.parameter() != null) {
      require(
          aggregation.operator().parameterType(), aggregation.parameter(), "aggregation parameter");
    }
  }

  private static void checkCall(Call call) {
    Function function = call.function();
    List<Expression> arguments = call.arguments();
    int parameters = function.parameters().size();
    int least = parameters - function.optional();
    String problem = "";
    if (function.optional() == 0 && !function.variadic() && arguments.size() != parameters) {
      problem = "expected %d argument(s)".formatted(parameters);
    } else if (arguments.size() < least) {
      problem = "expected at least %d argument(s)".formatted(least);
    } else if (!function.variadic() && arguments.size() > parameters) {
      problem = "expected at most %d argument(s)".formatted(parameters);
    }
    if (!problem.isEmpty()) {
      throw new RefusalException(
          call.place(),
          "%s in call to \"%s\", got %d".formatted(problem, function.name(), arguments.size()));
    }
    for (int i = 0; i < arguments.size(); i++) {
      require(
          function.parameters().get(Math.min(i, parameters - 1)),
          arguments.get(i),
          "call to function \"%s\"".formatted(function.name()));
      checkEdges(function, arguments.get(i));
    }
    if (InfoSelector.isInfo(call) && arguments.size() > 1) {
      checkInfo(arguments.get(1));
    }
  }

  private static void checkInfo(Expression labels) {
    boolean isOfLabels =
        labels instanceof VectorSelector selector && selector.metricName().isEmpty();
    if (!isOfLabels) {
      throw new RefusalException(
          labels.place(), "expected label selectors only, got vector selector instead");
    }
  }

  private static void checkEdges(Function function, Expression argument) {
    if (!(argument.bare() instanceof RangeSelector range)) {
      return;
    }
    Edges edges = range.selector().edges();
    Set<String> able = edges == Edges.ANCHORED ? ANCHORABLE : SMOOTHABLE;
    if (edges != Edges.PLAIN && !able.contains(function.name())) {
      throw new RefusalException(
          argument.place(),
          "%s modifier can only be used with: %s - not with %s"
              .formatted(
                  edges == Edges.ANCHORED ? "anchored" : "smoothed",
                  String.join(", ", able.stream().sorted().toList()),
                  function.name()));
    }
  }

  private static void checkUnary(Unary unary) {
    if (!isVectorOrScalar(unary.operand())) {
      throw new RefusalException(
          unary.place(),
          "unary expression only allowed on expressions of type scalar or instant vector, got \"%s\""
              .formatted(unary.operand().type().words()));
    }
  }

  private static void checkSubquery(Subquery subquery) {
    if (subquery.inner().type() != ValueType.INSTANT_VECTOR) {
      throw new RefusalException(
          subquery.place(),
          "subquery is only allowed on instant vector, got %s instead"
              .formatted(subquery.inner().type().words()));
    }
  }
}
