package io.fleetward.rules.template;

import java.util.List;

/// Go templates' comparison functions.
final class Comparisons {
  private Comparisons() {}

  /// Whether the first value equals any of the others.
  static boolean equal(List<Object> arguments) {
    if (arguments.size() < 2) {
      throw new TemplateException("missing argument for comparison");
    }
    return arguments.stream()
        .skip(1)
        .anyMatch(other -> compare(arguments.getFirst(), other, "eq") == 0);
  }

  /// Negative, zero or positive; values of different kinds do not compare.
  static int compare(Object left, Object right, String function) {
    return switch (left) {
      case String a when right instanceof String b -> a.compareTo(b);
      case Boolean a when right instanceof Boolean b && function.equals("eq") ->
          Boolean.compare(a, b);
      case Double a when right instanceof Double b -> numbers(a, b);
      case Long a when right instanceof Long b -> Long.compare(a, b);
      case GoValues.Nil _ when right instanceof GoValues.Nil -> 0;
      default ->
          throw new TemplateException(
              "error calling %s: incompatible types for comparison: %s and %s; write 5.0 to compare with a float"
                  .formatted(function, GoValues.kind(left), GoValues.kind(right)));
    };
  }

  private static int numbers(double a, double b) {
    if (a == b) {
      return 0;
    }
    return a < b ? -1 : 1;
  }
}
