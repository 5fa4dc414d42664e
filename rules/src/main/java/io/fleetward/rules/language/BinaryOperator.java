package io.fleetward.rules.language;

import java.util.Optional;

/// PromQL's operators between two operands, with how tightly they bind.
public enum BinaryOperator {
  OR("or", 1, Kind.SET),
  AND("and", 2, Kind.SET),
  UNLESS("unless", 2, Kind.SET),
  EQUAL("==", 3, Kind.COMPARISON),
  NOT_EQUAL("!=", 3, Kind.COMPARISON),
  LESS("<", 3, Kind.COMPARISON),
  LESS_OR_EQUAL("<=", 3, Kind.COMPARISON),
  GREATER(">", 3, Kind.COMPARISON),
  GREATER_OR_EQUAL(">=", 3, Kind.COMPARISON),
  /// Takes away what is greater than a value from a histogram.
  TRIM_UPPER("</", 3, Kind.TRIM),
  /// Takes away what is less than a value from a histogram.
  TRIM_LOWER(">/", 3, Kind.TRIM),
  ADD("+", 4, Kind.ARITHMETIC),
  SUBTRACT("-", 4, Kind.ARITHMETIC),
  MULTIPLY("*", 5, Kind.ARITHMETIC),
  DIVIDE("/", 5, Kind.ARITHMETIC),
  MODULO("%", 5, Kind.ARITHMETIC),
  ATAN2("atan2", 5, Kind.ARITHMETIC),
  POWER("^", 6, Kind.ARITHMETIC);

  /// The four kinds of operators, which differ in what they accept and yield.
  public enum Kind {
    SET,
    COMPARISON,
    TRIM,
    ARITHMETIC
  }

  private final String sign;
  private final int precedence;
  private final Kind kind;

  BinaryOperator(String sign, int precedence, Kind kind) {
    this.sign = sign;
    this.precedence = precedence;
    this.kind = kind;
  }

  public String sign() {
    return sign;
  }

  /// Higher binds tighter.
  public int precedence() {
    return precedence;
  }

  public Kind kind() {
    return kind;
  }

  /// The operator written so; words in any case.
  public static Optional<BinaryOperator> of(String sign) {
    for (BinaryOperator operator : values()) {
      if (operator.sign.equalsIgnoreCase(sign)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }
}
