package io.fleetward.rules.language;

import io.fleetward.rules.language.Expression.Aggregation;
import io.fleetward.rules.language.Expression.Binary;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.Edges;
import io.fleetward.rules.language.Expression.NumberLiteral;
import io.fleetward.rules.language.Expression.Parentheses;
import io.fleetward.rules.language.Expression.Place;
import io.fleetward.rules.language.Expression.RangeSelector;
import io.fleetward.rules.language.Expression.StringLiteral;
import io.fleetward.rules.language.Expression.Subquery;
import io.fleetward.rules.language.Expression.Unary;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Pratt parser of PromQL: operands bind to the tighter of the operators beside them. Used once,
/// by one thread.
final class Parser {
  /// How deep a tree may be; deeper ones would exhaust the stack of who walks them.
  private static final int MAX_DEPTH = 200;

  private static final int UNARY_PRECEDENCE = BinaryOperator.MULTIPLY.precedence();

  private final Tokens tokens;
  private final Dialect dialect;
  private final SelectorParser selectors;
  private final TimeSpanParser spans;
  private int depth;

  Parser(Tokens tokens, Dialect dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
    this.selectors = new SelectorParser(tokens);
    this.spans = new TimeSpanParser(tokens, dialect);
  }

  /// Reads the whole text as one expression.
  Expression whole() {
    if (tokens.next().kind() == Kind.END) {
      throw new RefusalException(tokens.next().place(), "no expression found in input");
    }
    Expression expression = expression(0);
    if (tokens.next().kind() != Kind.END) {
      throw new RefusalException(
          tokens.next().place(),
          "unexpected %s after the expression; join the two with an operator"
              .formatted(tokens.next().described()));
    }
    return expression;
  }

  private void deeper(Place place) {
    if (++depth > MAX_DEPTH) {
      throw new RefusalException(
          place, "nested deeper than %d levels; split the query".formatted(MAX_DEPTH));
    }
  }

  private Expression expression(int loosest) {
    int outerDepth = depth;
    deeper(tokens.next().place());
    Expression left = operand();
    while (true) {
      Optional<BinaryOperator> operator = nextOperator();
      if (operator.isEmpty() || operator.get().precedence() <= loosest) {
        break;
      }
      deeper(tokens.next().place());
      left = binary(left, operator.get());
    }
    depth = outerDepth;
    return left;
  }

  private Optional<BinaryOperator> nextOperator() {
    Token token = tokens.next();
    return token.kind() == Kind.SIGN || token.kind() == Kind.NAME
        ? BinaryOperator.of(token.text())
        : Optional.empty();
  }

  private Expression binary(Expression left, BinaryOperator operator) {
    Token sign = tokens.take();
    boolean returnsBool = tokens.takeWord("bool");
    if (returnsBool && operator.kind() != BinaryOperator.Kind.COMPARISON) {
      throw new RefusalException(
          sign.place(), "bool modifier can only be used on comparison operators");
    }
    VectorMatching matching = new MatchingParser(tokens, selectors, dialect).matching(operator);
    // "^" groups to the right, all others to the left
    int precedence = operator.precedence() - (operator == BinaryOperator.POWER ? 1 : 0);
    Expression right = expression(precedence);
    return new Binary(left.place().to(right.place()), operator, left, right, returnsBool, matching);
  }

  private Expression operand() {
    Token token = tokens.next();
    if (token.isSign("-") || token.isSign("+")) {
      tokens.take();
      Expression operand = expression(UNARY_PRECEDENCE);
      Place place = token.place().to(operand.place());
      if (operand instanceof NumberLiteral number) {
        double value = token.isSign("-") ? -number.value() : number.value();
        return new NumberLiteral(place, value, number.isDuration());
      }
      return new Unary(place, token.isSign("-"), operand);
    }
    return suffixed(primary(token));
  }

  private Expression primary(Token token) {
    return switch (token.kind()) {
      case NUMBER, DURATION -> spans.literal(tokens.take());
      case STRING -> new StringLiteral(token.place(), tokens.take().text());
      case NAME -> named(token);
      case SIGN, END -> {
        if (token.isSign("(")) {
          tokens.take();
          Expression inner = expression(0);
          tokens.expectSign(")", "paren expression");
          yield new Parentheses(tokens.upToHere(token.place()), inner);
        }
        if (token.isSign("{")) {
          yield selectors.selector("", token.place());
        }
        throw new RefusalException(token.place(), "unexpected " + token.described());
      }
    };
  }

  private Expression named(Token token) {
    boolean isCall = tokens.following().isSign("(");
    Optional<AggregationOperator> aggregation = AggregationOperator.of(token.text());
    if (aggregation.isPresent()
        && (isCall || tokens.following().isWord("by") || tokens.following().isWord("without"))) {
      return aggregation(tokens.take(), aggregation.get());
    }
    if (isCall) {
      return call(tokens.take());
    }
    boolean isNumber = token.isWord("inf") || token.isWord("nan") || token.isWord("infinity");
    if (isNumber && !token.text().contains(":")) {
      return spans.literal(tokens.take());
    }
    tokens.take();
    return selectors.selector(token.text(), token.place());
  }

  private Expression call(Token name) {
    Function function =
        Function.of(name.text())
            .or(() -> Function.of(name.lowerCase()).filter(Function::experimental))
            .orElseThrow(() ->
                new RefusalException(
                    name.place(), "unknown function with name \"%s\"".formatted(name.text())));
    if (function.experimental() && dialect == Dialect.STABLE) {
      throw new RefusalException(
          name.place(),
          "function \"%s\" is not enabled; it is experimental".formatted(name.text()));
    }
    List<Expression> arguments = arguments();
    return new Call(tokens.upToHere(name.place()), function, arguments);
  }

  private List<Expression> arguments() {
    tokens.expectSign("(", "call");
    List<Expression> arguments = new ArrayList<>();
    while (!tokens.takeSign(")")) {
      arguments.add(expression(0));
      if (!tokens.next().isSign(")")) {
        tokens.expectSign(",", "arguments");
        if (tokens.next().isSign(")")) {
          throw new RefusalException(
              tokens.next().place(), "trailing commas not allowed in function call args");
        }
      }
    }
    return arguments;
  }

  private Expression aggregation(Token name, AggregationOperator operator) {
    if (operator.experimental() && dialect == Dialect.STABLE) {
      throw new RefusalException(
          name.place(), "%s() is experimental and not enabled".formatted(operator.word()));
    }
    Optional<Boolean> without = grouping();
    List<String> labels = without.isPresent() ? selectors.labelNames() : List.of();
    List<Expression> arguments = arguments();
    if (without.isEmpty()) {
      without = grouping();
      labels = without.isPresent() ? selectors.labelNames() : List.of();
    }
    Place place = tokens.upToHere(name.place());
    int expected = operator.parameterType() == ValueType.NONE ? 1 : 2;
    if (arguments.isEmpty()) {
      throw new RefusalException(place, "no arguments for aggregate expression provided");
    }
    if (arguments.size() != expected) {
      throw new RefusalException(
          place,
          "wrong number of arguments for aggregate expression provided, expected %d, got %d"
              .formatted(expected, arguments.size()));
    }
    Expression parameter = expected == 2 ? arguments.getFirst() : null;
    return new Aggregation(
        place, operator, arguments.getLast(), parameter, without.orElse(false), labels);
  }

  private Optional<Boolean> grouping() {
    if (tokens.takeWord("by")) {
      return Optional.of(false);
    }
    return tokens.takeWord("without") ? Optional.of(true) : Optional.empty();
  }

  /// Reads the ranges, offsets and times after an operand.
  private Expression suffixed(Expression operand) {
    Expression result = operand;
    Suffixes suffixes = new Suffixes(tokens, spans);
    while (true) {
      if (tokens.next().isSign("[")) {
        result = range(result);
      } else if (tokens.next().isWord("offset")) {
        result = suffixes.offset(result);
      } else if (tokens.next().isSign("@")) {
        result = suffixes.at(result);
      } else if (tokens.next().isWord("anchored") || tokens.next().isWord("smoothed")) {
        result = extended(result, tokens.take());
      } else {
        return result;
      }
    }
  }

  private Expression range(Expression operand) {
    Token bracket = tokens.take();
    TimeSpan range = spans.positive("subquery or range selector");
    if (tokens.takeSign(":")) {
      @Nullable TimeSpan step =
          tokens.next().isSign("]") ? null : spans.positive("subquery selector");
      tokens.expectSign("]", "subquery selector");
      return new Subquery(
          tokens.upToHere(operand.place()), operand, range, step, Expression.Shift.NONE);
    }
    tokens.expectSign("]", "subquery or range selector");
    Place place = tokens.upToHere(operand.place());
    if (!(operand instanceof VectorSelector selector)) {
      throw new RefusalException(
          place,
          "ranges only allowed for vector selectors; write [5m:] for a subquery of an expression");
    }
    if (!selector.shift().equals(Expression.Shift.NONE)) {
      throw new RefusalException(
          bracket.place(), "no offset modifiers allowed before range; write the range first");
    }
    return new RangeSelector(place, selector, range);
  }

  private Expression extended(Expression operand, Token word) {
    Place place = operand.place().to(word.place());
    if (dialect == Dialect.STABLE) {
      throw new RefusalException(
          word.place(), word.lowerCase() + " modifier is experimental and not enabled");
    }
    Edges edges = Edges.valueOf(word.text().toUpperCase(java.util.Locale.ROOT));
    if (operand instanceof VectorSelector selector && edges == Edges.SMOOTHED) {
      return new VectorSelector(
          place, selector.metricName(), selector.matchers(), selector.shift(), edges);
    }
    if (operand instanceof RangeSelector(_, VectorSelector selector, TimeSpan range)) {
      return new RangeSelector(
          place,
          new VectorSelector(
              selector.place(),
              selector.metricName(),
              selector.matchers(),
              selector.shift(),
              edges),
          range);
    }
    throw new RefusalException(place, word.lowerCase() + " modifier can only follow a range");
  }
}
