package io.fleetward.rules.evaluation;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.labels.Re2Expression;
import io.fleetward.rules.language.GoStrings;
import io.fleetward.rules.template.GoExpansion;
import java.util.List;
import java.util.stream.Collectors;

/// `label_replace` and `label_join` on shapes.
final class Relabelling {
  private Relabelling() {}

  /// @param arguments destination, replacement, source, regular expression
  static Shape replaced(Shape shape, List<String> arguments) {
    String destination = arguments.get(0);
    String source = arguments.get(2);
    Pattern pattern = compile(arguments.get(3));
    refuseInvalid(destination, "label_replace");
    Shape changed =
        shape.mapped(labels -> {
          Matcher matcher = pattern.matcher(labels.value(source));
          return matcher.matches()
              ? labels.with(destination, GoExpansion.expand(arguments.get(1), matcher))
              : labels;
        });
    return destination.equals(Labels.METRIC_NAME) ? changed.withNamesKept() : changed;
  }

  /// @param arguments destination, separator, sources
  static Shape joined(Shape shape, List<String> arguments) {
    String destination = arguments.get(0);
    List<String> sources = arguments.subList(2, arguments.size());
    refuseInvalid(destination, "label_join");
    Shape changed =
        shape.mapped(labels ->
            labels.with(
                destination,
                sources.stream().map(labels::value).collect(Collectors.joining(arguments.get(1)))));
    return destination.equals(Labels.METRIC_NAME) ? changed.withNamesKept() : changed;
  }

  private static void refuseInvalid(String destination, String function) {
    if (destination.isEmpty() || !GoStrings.isUtf8(destination)) {
      throw new EvaluationException(
          "invalid destination label name in %s(): %s".formatted(function, destination));
    }
  }

  private static Pattern compile(String expression) {
    try {
      return Re2Expression.compile(expression, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new EvaluationException(
          "invalid regular expression in label_replace(): %s: %s"
              .formatted(expression, e.getDescription()));
    }
  }
}
