package io.fleetward.rules.evaluation;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.GoStrings;
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
              ? labels.with(destination, expand(arguments.get(1), matcher))
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
      return Pattern.compile(expression, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new EvaluationException(
          "invalid regular expression in label_replace(): %s: %s"
              .formatted(expression, e.getDescription()));
    }
  }

  /// Go's `Regexp.Expand`: `$1`, `${name}`, `$$`; an unknown group is empty.
  private static String expand(String template, Matcher matcher) {
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0) {
        return result.append(template, at, template.length()).toString();
      }
      result.append(template, at, dollar);
      at = dollar + 1;
      if (at < template.length() && template.charAt(at) == '$') {
        result.append('$');
        at++;
        continue;
      }
      boolean braced = at < template.length() && template.charAt(at) == '{';
      int start = braced ? at + 1 : at;
      int end = start;
      while (end < template.length() && isWord(template.charAt(end))) {
        end++;
      }
      boolean isComplete =
          end > start && (!braced || (end < template.length() && template.charAt(end) == '}'));
      if (isComplete) {
        result.append(group(matcher, template.substring(start, end)));
        at = braced ? end + 1 : end;
      } else {
        result.append('$');
      }
    }
    return result.toString();
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static String group(Matcher matcher, String name) {
    String value;
    if (name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 9) {
      int number = Integer.parseInt(name);
      value = number <= matcher.groupCount() ? matcher.group(number) : "";
    } else {
      Integer number = matcher.pattern().namedGroups().get(name);
      value = number == null ? "" : matcher.group(number);
    }
    return value == null ? "" : value;
  }
}
