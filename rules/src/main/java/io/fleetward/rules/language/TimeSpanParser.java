package io.fleetward.rules.language;

import io.fleetward.rules.language.Expression.NumberLiteral;
import io.fleetward.rules.language.Expression.Place;
import io.fleetward.rules.language.TimeSpan.Fixed;
import io.fleetward.rules.language.TimeSpan.Operation;
import io.fleetward.rules.language.Token.Kind;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Reads numbers and lengths of time, among them the experimental computed ones.
final class TimeSpanParser {
  private static final int MAX_DEPTH = 50;

  private final Tokens tokens;
  private final Dialect dialect;
  private int depth;

  TimeSpanParser(Tokens tokens, Dialect dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
  }

  /// The number that a token stands for; a duration stands for seconds.
  NumberLiteral literal(Token token) {
    if (token.kind() == Kind.DURATION) {
      OptionalLong millis = Numbers.duration(token.text());
      if (millis.isEmpty()) {
        throw new RefusalException(
            token.place(),
            "not a valid duration string: \"%s\"; units go from years to ms: 1h30m"
                .formatted(token.text()));
      }
      return new NumberLiteral(token.place(), millis.getAsLong() / 1000.0, true);
    }
    OptionalDouble number =
        token.kind() == Kind.NUMBER || token.kind() == Kind.NAME
            ? Numbers.parse(token.text())
            : OptionalDouble.empty();
    if (number.isEmpty()) {
      throw new RefusalException(
          token.place(), "unexpected %s, expected number".formatted(token.described()));
    }
    return new NumberLiteral(token.place(), number.getAsDouble(), false);
  }

  /// A range or step between brackets.
  TimeSpan positive(String where) {
    Token first = tokens.next();
    if (first.isSign("]")) {
      throw tokens.unexpected(where, "number or duration");
    }
    TimeSpan span = computed(0);
    if (span instanceof Fixed(long millis) && millis <= 0) {
      throw new RefusalException(first.place(), "duration must be greater than 0");
    }
    return span;
  }

  /// What follows `offset`: an operand, not a sum.
  TimeSpan offset() {
    return operand(BinaryOperator.POWER.precedence());
  }

  private Fixed fixed(NumberLiteral literal, Place place) {
    double millis = literal.value() * 1000;
    if (!(Math.abs(millis) < Long.MAX_VALUE / 1_000_000.0)) {
      throw new RefusalException(place, "duration out of range");
    }
    return new Fixed(Math.round(millis));
  }

  private TimeSpan computed(int loosest) {
    int outerDepth = depth;
    deeper();
    TimeSpan left = operand(BinaryOperator.MULTIPLY.precedence());
    while (tokens.next().kind() == Kind.SIGN) {
      BinaryOperator operator = BinaryOperator.of(tokens.next().text()).orElse(null);
      if (operator == null
          || operator.kind() != BinaryOperator.Kind.ARITHMETIC
          || operator.precedence() <= loosest) {
        break;
      }
      refuseUnlessExperimental(tokens.take());
      deeper();
      int precedence = operator.precedence() - (operator == BinaryOperator.POWER ? 1 : 0);
      left = new TimeSpan.Computed(Operation.valueOf(operator.name()), left, computed(precedence));
    }
    depth = outerDepth;
    return folded(left);
  }

  private void deeper() {
    if (++depth > MAX_DEPTH) {
      throw new RefusalException(
          tokens.next().place(), "duration nested deeper than %d levels".formatted(MAX_DEPTH));
    }
  }

  private TimeSpan operand(int signPrecedence) {
    Token token = tokens.next();
    if (token.isSign("-") || token.isSign("+")) {
      tokens.take();
      deeper();
      TimeSpan operand =
          signPrecedence == BinaryOperator.POWER.precedence()
              ? operand(signPrecedence)
              : computed(signPrecedence);
      depth--;
      return token.isSign("+") ? operand : folded(new TimeSpan.Negated(operand));
    }
    if (token.isSign("(")) {
      refuseUnlessExperimental(tokens.take());
      TimeSpan inner = computed(0);
      tokens.expectSign(")", "duration");
      return inner;
    }
    if (token.kind() == Kind.NAME && tokens.following().isSign("(")) {
      refuseUnlessExperimental(tokens.take());
      return called(token);
    }
    return fixed(literal(tokens.take()), token.place());
  }

  private TimeSpan called(Token name) {
    tokens.expectSign("(", "duration");
    TimeSpan result =
        switch (name.lowerCase()) {
          case "step" -> new TimeSpan.Step();
          case "range" -> new TimeSpan.Range();
          case "min_of" -> pair(Operation.LEAST);
          case "max_of" -> pair(Operation.GREATEST);
          default ->
              throw new RefusalException(
                  name.place(), "unexpected %s in duration".formatted(name.described()));
        };
    tokens.expectSign(")", "duration");
    return result;
  }

  private TimeSpan pair(Operation operation) {
    TimeSpan left = computed(0);
    tokens.expectSign(",", "duration");
    return folded(new TimeSpan.Computed(operation, left, computed(0)));
  }

  private static TimeSpan folded(TimeSpan span) {
    boolean isConstant =
        switch (span) {
          case TimeSpan.Negated(TimeSpan inner) -> inner instanceof Fixed;
          case TimeSpan.Computed(_, TimeSpan left, TimeSpan right) ->
              left instanceof Fixed && right instanceof Fixed;
          case Fixed _, TimeSpan.Step _, TimeSpan.Range _ -> false;
        };
    return isConstant ? new Fixed(span.millis(0, 0)) : span;
  }

  private void refuseUnlessExperimental(Token token) {
    if (dialect == Dialect.STABLE) {
      throw new RefusalException(
          token.place(), "experimental duration expression is not enabled; write one duration");
    }
  }
}
