package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.language.BinaryOperator;

/// The operators on two numbers.
final class Arithmetic {
  private Arithmetic() {}

  /// What an operator yields; a stale marker where a comparison does not hold.
  static double apply(BinaryOperator operator, boolean returnsBool, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MODULO -> left % right;
      case ATAN2 -> Math.atan2(left, right);
      case POWER -> power(left, right);
      case EQUAL -> compared(left == right, returnsBool, left);
      case NOT_EQUAL -> compared(left != right, returnsBool, left);
      case LESS -> compared(left < right, returnsBool, left);
      case LESS_OR_EQUAL -> compared(left <= right, returnsBool, left);
      case GREATER -> compared(left > right, returnsBool, left);
      case GREATER_OR_EQUAL -> compared(left >= right, returnsBool, left);
      case AND, OR, UNLESS, TRIM_UPPER, TRIM_LOWER ->
          throw new IllegalArgumentException("not on numbers: " + operator);
    };
  }

  private static double compared(boolean holds, boolean returnsBool, double left) {
    if (returnsBool) {
      return holds ? 1 : 0;
    }
    return holds ? left : StaleMarker.VALUE;
  }

  /// As IEEE 754 says: 1 to any power is 1, and so is -1 to an infinite one.
  private static double power(double base, double exponent) {
    boolean isOne = base == 1 || (base == -1 && Double.isInfinite(exponent));
    return isOne ? 1 : Math.pow(base, exponent);
  }
}
