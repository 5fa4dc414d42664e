package io.fleetward.rules.language;

/// A length of time in an expression: `5m`, or computed when the query runs, as `step() + 30s`.
public sealed interface TimeSpan {
  /// A length known while parsing, in milliseconds; negative for `offset -5m`.
  record Fixed(long millis) implements TimeSpan {
    /// No time at all.
    public static final Fixed ZERO = new Fixed(0);
  }

  /// The step of a range query, `step()`; zero in an instant query.
  record Step() implements TimeSpan {}

  /// The time from the start to the end of a range query, `range()`; zero in an instant query.
  record Range() implements TimeSpan {}

  record Negated(TimeSpan span) implements TimeSpan {}

  record Computed(Operation operation, TimeSpan left, TimeSpan right) implements TimeSpan {}

  /// What may be computed from two lengths.
  enum Operation {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULO("%"),
    POWER("^"),
    LEAST("min_of"),
    GREATEST("max_of");

    private final String sign;

    Operation(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    /// Applies the operation to lengths in seconds.
    double apply(double left, double right) {
      return switch (this) {
        case ADD -> left + right;
        case SUBTRACT -> left - right;
        case MULTIPLY -> left * right;
        case DIVIDE -> left / right;
        case MODULO -> left % right;
        case POWER -> Math.pow(left, right);
        case LEAST -> Math.min(left, right);
        case GREATEST -> Math.max(left, right);
      };
    }
  }

  /// The length in milliseconds.
  ///
  /// @param stepMillis the step of the query, 0 for an instant query
  /// @param rangeMillis the time from the query's start to its end, 0 for an instant query
  default long millis(long stepMillis, long rangeMillis) {
    return this instanceof Fixed(long millis)
        ? millis
        : Math.round(seconds(stepMillis, rangeMillis) * 1000);
  }

  /// The length in seconds, possibly infinite or not a number after a division by zero.
  private double seconds(long stepMillis, long rangeMillis) {
    return switch (this) {
      case Fixed(long millis) -> millis / 1000.0;
      case Step() -> stepMillis / 1000.0;
      case Range() -> rangeMillis / 1000.0;
      case Negated(TimeSpan span) -> -span.seconds(stepMillis, rangeMillis);
      case Computed(Operation operation, TimeSpan left, TimeSpan right) ->
          operation.apply(
              left.seconds(stepMillis, rangeMillis), right.seconds(stepMillis, rangeMillis));
    };
  }
}
