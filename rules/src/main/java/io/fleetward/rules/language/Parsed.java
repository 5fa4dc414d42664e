package io.fleetward.rules.language;

import java.util.List;

/// What came of parsing an expression.
public sealed interface Parsed {
  record Valid(Expression expression) implements Parsed {}

  /// @param problems at least one
  record Invalid(List<SyntaxProblem> problems) implements Parsed {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
