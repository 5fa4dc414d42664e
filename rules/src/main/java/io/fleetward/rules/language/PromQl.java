package io.fleetward.rules.language;

import io.fleetward.rules.language.Expression.Place;
import java.util.List;

/// Reads PromQL.
public final class PromQl {
  private static final int MAX_LENGTH = 1 << 18;

  private PromQl() {}

  /// Parses an expression and checks its types. What is wrong is a value; nothing is thrown.
  public static Parsed parse(String text, Dialect dialect) {
    if (text.length() > MAX_LENGTH) {
      String message = "longer than %d characters; split the query".formatted(MAX_LENGTH);
      return new Parsed.Invalid(
          List.of(SyntaxProblem.at(text.substring(0, 80), new Place(0, 1), message)));
    }
    try {
      Expression expression = new Parser(new Tokens(Lexer.tokens(text)), dialect).whole();
      TypeChecker.check(expression);
      return new Parsed.Valid(expression);
    } catch (RefusalException e) {
      return new Parsed.Invalid(List.of(SyntaxProblem.at(text, e.place(), e.problem())));
    }
  }
}
