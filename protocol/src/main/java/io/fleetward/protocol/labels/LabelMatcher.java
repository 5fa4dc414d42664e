package io.fleetward.protocol.labels;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One condition on a label, as in `{job="node", mode!~"idle|iowait"}`.
///
/// A missing label has the empty value. Regular expressions are RE2's, fully anchored, and the dot
/// matches a newline, as in Prometheus 3.
public final class LabelMatcher {
  /// The four comparisons, with the sign that PromQL writes for each.
  public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    NOT_MATCHES("!~");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  private final String name;
  private final Operator operator;
  private final String value;
  private final @Nullable Pattern pattern;

  /// @throws InvalidMatcherException if the value is not a valid RE2 expression
  public LabelMatcher(String name, Operator operator, String value) {
    this.name = name;
    this.operator = operator;
    this.value = value;
    this.pattern =
        switch (operator) {
          case EQUAL, NOT_EQUAL -> null;
          case MATCHES, NOT_MATCHES -> compile(value);
        };
  }

  private static Pattern compile(String expression) {
    try {
      return Re2Expression.compile(expression, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new InvalidMatcherException(
          "\"%s\" is not a valid RE2 expression: %s".formatted(expression, e.getDescription()), e);
    }
  }

  public String name() {
    return name;
  }

  public Operator operator() {
    return operator;
  }

  public String value() {
    return value;
  }

  /// Whether labels satisfy this condition.
  public boolean matches(Labels labels) {
    return matchesValue(labels.value(name));
  }

  /// Whether a value of the label satisfies this condition; empty stands for a missing label.
  public boolean matchesValue(String candidate) {
    return switch (operator) {
      case EQUAL -> candidate.equals(value);
      case NOT_EQUAL -> !candidate.equals(value);
      case MATCHES -> pattern != null && pattern.matches(candidate);
      case NOT_MATCHES -> pattern != null && !pattern.matches(candidate);
    };
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof LabelMatcher other
        && name.equals(other.name)
        && operator == other.operator
        && value.equals(other.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, operator, value);
  }

  /// As PromQL writes it.
  @Override
  public String toString() {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "%s%s\"%s\"".formatted(name, operator.sign(), escaped);
  }

  /// A matcher whose regular expression RE2 does not accept.
  public static final class InvalidMatcherException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidMatcherException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
