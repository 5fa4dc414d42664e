package io.fleetward.rules.testing;

import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.Aggregation;
import io.fleetward.rules.language.Expression.At;
import io.fleetward.rules.language.Expression.Binary;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.Parentheses;
import io.fleetward.rules.language.Expression.RangeSelector;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.Expression.Subquery;
import io.fleetward.rules.language.Expression.Unary;
import io.fleetward.rules.language.Expression.VectorSelector;
import java.util.Set;

/// Expressions with their selectors pinned to a time by `@`, so that they give the same at any
/// time.
final class Pinned {
  private static final Set<String> QUERY_DEPENDENT = Set.of("start", "end", "step", "range");
  private static final Set<String> TIME_DEPENDENT =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "time",
          "timestamp",
          "start",
          "end",
          "step",
          "range");

  private Pinned() {}

  /// Whether an expression gives something else at another time even with its selectors pinned.
  static boolean dependsOnTime(Expression expression) {
    boolean itself =
        expression instanceof Call call && TIME_DEPENDENT.contains(call.function().name());
    return itself || expression.children().stream().anyMatch(Pinned::dependsOnTime);
  }

  /// Whether an expression asks about the query itself, so that a range query gives another answer.
  static boolean dependsOnQuery(Expression expression) {
    boolean itself =
        expression instanceof Call call && QUERY_DEPENDENT.contains(call.function().name());
    return itself || expression.children().stream().anyMatch(Pinned::dependsOnQuery);
  }

  /// The expression with each selector and subquery pinned that is not yet.
  static Expression at(Expression expression, long millis) {
    return switch (expression) {
      case VectorSelector selector -> pinned(selector, millis);
      case RangeSelector(var place, VectorSelector selector, var range) ->
          new RangeSelector(place, pinned(selector, millis), range);
      case Subquery(var place, var inner, var range, var step, var shift) ->
          new Subquery(place, inner, range, step, pinned(shift, millis));
      case Unary(var place, var negative, var operand) ->
          new Unary(place, negative, at(operand, millis));
      case Binary(var place, var operator, var left, var right, var returnsBool, var matching) ->
          new Binary(place, operator, at(left, millis), at(right, millis), returnsBool, matching);
      case Aggregation(var place, var operator, var operand, var parameter, var without, var l) ->
          new Aggregation(
              place,
              operator,
              at(operand, millis),
              parameter == null ? null : at(parameter, millis),
              without,
              l);
      case Call(var place, var function, var arguments) ->
          new Call(place, function, arguments.stream().map(one -> at(one, millis)).toList());
      case Parentheses(var place, var inner) -> new Parentheses(place, at(inner, millis));
      case Expression.NumberLiteral _, Expression.StringLiteral _ -> expression;
    };
  }

  private static VectorSelector pinned(VectorSelector selector, long millis) {
    return selector.shifted(selector.place(), pinned(selector.shift(), millis));
  }

  private static Shift pinned(Shift shift, long millis) {
    return shift.at() instanceof At.Tick ? new Shift(shift.offset(), new At.Fixed(millis)) : shift;
  }
}
