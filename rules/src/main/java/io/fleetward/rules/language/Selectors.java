package io.fleetward.rules.language;

import io.fleetward.protocol.labels.LabelMatcher;
import java.util.List;

/// Selectors that stand alone, outside an expression: `{alertname="X", mountpoint=~"/var.*"}`.
public final class Selectors {
  private Selectors() {}

  /// Reads a selector.
  ///
  /// @throws InvalidSelectorException if it is none; the message says where and why
  public static List<LabelMatcher> parse(String text) {
    return switch (PromQl.parse(text, Dialect.STABLE)) {
      case Parsed.Valid(Expression.VectorSelector selector)
          when selector.shift().equals(Expression.Shift.NONE) ->
          selector.matchers();
      case Parsed.Valid _ ->
          throw new InvalidSelectorException(
              "\"%s\" is an expression; write only a selector like {alertname=\"X\"}"
                  .formatted(text));
      case Parsed.Invalid(List<SyntaxProblem> problems) ->
          throw new InvalidSelectorException(
              problems.getFirst() + "\n" + problems.getFirst().caret(text));
    };
  }

  /// A text that is no selector.
  public static final class InvalidSelectorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidSelectorException(String message) {
      super(message);
    }
  }
}
