package io.fleetward.rules.language;

import io.fleetward.protocol.labels.LabelMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A PromQL expression as a tree. Immutable; every node knows its place in the text.
public sealed interface Expression {
  Place place();

  /// Where an expression stands in its text: positions of characters, from 0, the end exclusive.
  record Place(int start, int end) {
    public Place to(Place last) {
      return new Place(start, last.end);
    }
  }

  /// @param isDuration whether it was written as a duration, as in `5m`, and stands for seconds
  record NumberLiteral(Place place, double value, boolean isDuration) implements Expression {}

  record StringLiteral(Place place, String value) implements Expression {}

  /// @param metricName empty if the name is not given before the braces
  /// @param matchers all conditions, the one on the name included
  record VectorSelector(
      Place place, String metricName, List<LabelMatcher> matchers, Shift shift, Edges edges)
      implements Expression {
    public VectorSelector {
      matchers = List.copyOf(matchers);
    }

    public VectorSelector shifted(Place wider, Shift changed) {
      return new VectorSelector(wider, metricName, matchers, changed, edges);
    }
  }

  record RangeSelector(Place place, VectorSelector selector, TimeSpan range)
      implements Expression {}

  /// @param step null for the default step
  record Subquery(
      Place place, Expression inner, TimeSpan range, @Nullable TimeSpan step, Shift shift)
      implements Expression {}

  record Unary(Place place, boolean negative, Expression operand) implements Expression {}

  record Binary(
      Place place,
      BinaryOperator operator,
      Expression left,
      Expression right,
      boolean returnsBool,
      VectorMatching matching)
      implements Expression {}

  /// @param parameter what stands before the vector, as the 5 of `topk(5, x)`
  /// @param without whether `labels` are the ones to drop
  record Aggregation(
      Place place,
      AggregationOperator operator,
      Expression operand,
      @Nullable Expression parameter,
      boolean without,
      List<String> labels)
      implements Expression {
    public Aggregation {
      labels = List.copyOf(labels);
    }
  }

  record Call(Place place, Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  record Parentheses(Place place, Expression inner) implements Expression {}

  /// How a range treats its two edges, experimental.
  enum Edges {
    PLAIN,
    ANCHORED,
    SMOOTHED
  }

  /// How a selector looks at another time: `offset 5m @ end()`.
  record Shift(TimeSpan offset, At at) {
    public static final Shift NONE = new Shift(TimeSpan.Fixed.ZERO, new At.Tick());
  }

  /// The time that a selector looks back from.
  sealed interface At {
    /// The time of the evaluation: no `@` was written.
    record Tick() implements At {}

    /// @param millis since the epoch
    record Fixed(long millis) implements At {}

    record Start() implements At {}

    record End() implements At {}
  }

  /// What this expression yields.
  default ValueType type() {
    return switch (this) {
      case NumberLiteral _ -> ValueType.SCALAR;
      case StringLiteral _ -> ValueType.STRING;
      case VectorSelector _, Aggregation _ -> ValueType.INSTANT_VECTOR;
      case RangeSelector _, Subquery _ -> ValueType.RANGE_VECTOR;
      case Unary unary -> unary.operand().type();
      case Binary binary ->
          binary.left().type() == ValueType.SCALAR && binary.right().type() == ValueType.SCALAR
              ? ValueType.SCALAR
              : ValueType.INSTANT_VECTOR;
      case Call call -> call.function().returns();
      case Parentheses parentheses -> parentheses.inner().type();
    };
  }

  /// The expressions directly below this one, in the order of the text.
  default List<Expression> children() {
    return switch (this) {
      case NumberLiteral _, StringLiteral _, VectorSelector _ -> List.of();
      case RangeSelector range -> List.of(range.selector());
      case Subquery subquery -> List.of(subquery.inner());
      case Unary unary -> List.of(unary.operand());
      case Binary binary -> List.of(binary.left(), binary.right());
      case Aggregation aggregation ->
          aggregation.parameter() == null
              ? List.of(aggregation.operand())
              : List.of(aggregation.parameter(), aggregation.operand());
      case Call call -> call.arguments();
      case Parentheses parentheses -> List.of(parentheses.inner());
    };
  }

  /// This expression without parentheses around it.
  default Expression bare() {
    return this instanceof Parentheses(_, Expression inner) ? inner.bare() : this;
  }
}
