package io.fleetward.rules.template;

import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.rules.language.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The values of templates: strings, numbers, booleans, lists, maps, query samples, times, nothing.
final class GoValues {
  private GoValues() {}

  /// Go's nil.
  enum Nil {
    NIL
  }

  /// As `fmt.Print` writes a value.
  static String text(Object value) {
    return switch (value) {
      case Nil _ -> "<no value>";
      case Double number -> GoNumbers.shortest(number);
      case Map<?, ?> map ->
          new TreeMap<>(map)
              .entrySet().stream()
                  .map(entry -> entry.getKey() + ":" + text(entry.getValue()))
                  .collect(Collectors.joining(" ", "map[", "]"));
      case List<?> list ->
          list.stream().map(GoValues::text).collect(Collectors.joining(" ", "[", "]"));
      case QuerySample sample ->
          "{%s %s}".formatted(text(sample.labels()), GoNumbers.shortest(sample.value()));
      case Instant time -> GoTimes.text(time);
      case Duration duration -> GoTimes.text(duration);
      default -> value.toString();
    };
  }

  /// Whether a value counts as true in `if`.
  static boolean isTrue(Object value) {
    return switch (value) {
      case Nil _ -> false;
      case Boolean bool -> bool;
      case Double number -> number != 0;
      case Long number -> number != 0;
      case String text -> !text.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case List<?> list -> !list.isEmpty();
      default -> true;
    };
  }

  /// The number that a value stands for.
  ///
  /// @throws TemplateException if it stands for none
  static double number(Object value) {
    return switch (value) {
      case Double number -> number;
      case Long number -> number;
      case Duration duration -> duration.toNanos() / 1e9;
      case String text ->
          Numbers.parse(text)
              .orElseThrow(() ->
                  new TemplateException(
                      "strconv.ParseFloat: parsing \"%s\": invalid syntax".formatted(text)));
      default -> throw new TemplateException("can't convert %s to float".formatted(kind(value)));
    };
  }

  static String string(Object value, String function) {
    if (value instanceof String text) {
      return text;
    }
    throw new TemplateException(
        "wrong type for value; expected string; got %s in %s".formatted(kind(value), function));
  }

  /// A field of a value: a label, or a part of a sample.
  static Object field(Object value, String name) {
    return switch (value) {
      case Map<?, ?> map -> {
        Object found = map.get(name);
        yield found == null ? "" : found;
      }
      case TemplateData data -> data.field(name);
      case QuerySample sample ->
          switch (name) {
            case "Labels" -> sample.labels();
            case "Value" -> sample.value();
            default ->
                throw new TemplateException(
                    "can't evaluate field %s in type *template.sample".formatted(name));
          };
      case Nil _ ->
          throw new TemplateException("nil data; no entry for key \"%s\"".formatted(name));
      default ->
          throw new TemplateException(
              "can't evaluate field %s in type %s".formatted(name, kind(value)));
    };
  }

  /// What Go calls the type of a value.
  static String kind(Object value) {
    return switch (value) {
      case Nil _ -> "<nil>";
      case String _ -> "string";
      case Double _ -> "float64";
      case Long _ -> "int";
      case Boolean _ -> "bool";
      case Map<?, ?> _ -> "map[string]string";
      case List<?> _ -> "template.queryResult";
      case QuerySample _ -> "*template.sample";
      case Instant _ -> "*time.Time";
      case Duration _ -> "time.Duration";
      default -> "struct";
    };
  }

  static double seconds(String duration) {
    return PrometheusDuration.parse(duration)
            .orElseThrow(() ->
                new TemplateException("not a valid duration string: \"%s\"".formatted(duration)))
            .toMillis()
        / 1000.0;
  }
}
