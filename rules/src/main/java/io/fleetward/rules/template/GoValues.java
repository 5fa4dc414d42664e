package io.fleetward.rules.template;

import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.rules.language.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The values of templates: strings, numbers, booleans, lists, maps, query samples, times, nothing.
final class GoValues {
  private GoValues() {}

  /// Go's nil.
  enum Nil {
    NIL
  }

  /// As `fmt.Print` writes a value.
  ///
  /// @throws TemplateException if that is more than 1 MB
  static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    LimitedText text = new LimitedText();
    write(value, text);
    return text.toString();
  }

  private static void write(Object value, LimitedText text) {
    switch (value) {
      case Nil _ -> text.add("<no value>");
      case Double number -> text.add(GoNumbers.shortest(number));
      case Map<?, ?> map -> {
        String separator = "map[";
        for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
          write(entry.getValue(), text.add(separator).add(entry.getKey() + ":"));
          separator = " ";
        }
        text.add(map.isEmpty() ? "map[]" : "]");
      }
      case List<?> list -> {
        String separator = "[";
        for (Object element : list) {
          write(element, text.add(separator));
          separator = " ";
        }
        text.add(list.isEmpty() ? "[]" : "]");
      }
      case QuerySample sample -> {
        write(sample.labels(), text.add("{"));
        text.add(" ").add(GoNumbers.shortest(sample.value())).add("}");
      }
      case Instant time -> text.add(GoTimes.text(time));
      case Duration duration -> text.add(GoTimes.text(duration));
      default -> text.add(value.toString());
    }
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
