package io.fleetward.rules.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fleetward.protocol.labels.Re2Expression;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The functions of templates: Go's own and Prometheus'.
final class Functions {
  private static final Set<String> NAMES =
      Set.of(
          "and",
          "or",
          "not",
          "len",
          "index",
          "slice",
          "print",
          "printf",
          "println",
          "html",
          "js",
          "urlquery",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "query",
          "first",
          "label",
          "value",
          "strvalue",
          "args",
          "reReplaceAll",
          "safeHtml",
          "match",
          "title",
          "toUpper",
          "toLower",
          "graphLink",
          "tableLink",
          "sortByLabel",
          "stripPort",
          "stripDomain",
          "humanize",
          "humanize1024",
          "humanizeDuration",
          "humanizePercentage",
          "humanizeTimestamp",
          "toTime",
          "toDuration",
          "now",
          "pathPrefix",
          "externalURL",
          "parseDuration",
          "urlQueryEscape");

  private final TemplateData data;

  Functions(TemplateData data) {
    this.data = data;
  }

  static boolean isKnown(String name) {
    return NAMES.contains(name);
  }

  /// Calls a function.
  ///
  /// @throws TemplateException if it does not take these arguments
  Object call(String name, List<Object> arguments) {
    return switch (name) {
      case "print" -> print(arguments);
      case "println" -> printLine(arguments);
      case "printf" ->
          Printf.format(
              GoValues.string(at(arguments, 0, name), name),
              arguments.subList(1, arguments.size()));
      case "eq" -> Comparisons.equal(arguments);
      case "ne" -> Comparisons.compare(at(arguments, 0, name), at(arguments, 1, name), "eq") != 0;
      case "lt" -> Comparisons.compare(at(arguments, 0, name), at(arguments, 1, name), name) < 0;
      case "le" -> Comparisons.compare(at(arguments, 0, name), at(arguments, 1, name), name) <= 0;
      case "gt" -> Comparisons.compare(at(arguments, 0, name), at(arguments, 1, name), name) > 0;
      case "ge" -> Comparisons.compare(at(arguments, 0, name), at(arguments, 1, name), name) >= 0;
      case "not" -> !GoValues.isTrue(at(arguments, 0, name));
      case "and", "or" -> throw new TemplateException(name + " is evaluated elsewhere");
      case "len" -> (long) length(at(arguments, 0, name));
      case "index" -> index(arguments);
      case "slice" -> slice(arguments);
      case "args" -> named(arguments);
      case "query" -> new ArrayList<Object>(data.querying().query(text(arguments, 0, name)));
      case "first" -> first(at(arguments, 0, name));
      case "label" -> label(text(arguments, 0, name), at(arguments, 1, name));
      case "value" -> GoValues.field(at(arguments, 0, name), "Value");
      case "strvalue" -> label("__value__", at(arguments, 0, name));
      case "sortByLabel" -> sorted(text(arguments, 0, name), at(arguments, 1, name));
      case "now" -> data.time() / 1000.0;
      case "externalURL" -> data.externalUrl();
      case "pathPrefix" -> pathPrefix();
      case "toTime" -> Humanize.instant(GoValues.number(at(arguments, 0, name)));
      case "toDuration" ->
          Duration.ofNanos(Math.round(GoValues.number(at(arguments, 0, name)) * 1e9));
      default -> ofNumber(name, arguments);
    };
  }

  private static Object ofNumber(String name, List<Object> arguments) {
    Object first = at(arguments, 0, name);
    return switch (name) {
      case "humanize" -> Humanize.decimal(GoValues.number(first));
      case "humanize1024" -> Humanize.binary(GoValues.number(first));
      case "humanizeDuration" -> Humanize.duration(GoValues.number(first));
      case "humanizePercentage" -> Humanize.percentage(GoValues.number(first));
      case "humanizeTimestamp" -> Humanize.timestamp(GoValues.number(first));
      case "parseDuration" -> GoValues.seconds(GoValues.string(first, name));
      default -> ofText(name, GoValues.text(first), arguments);
    };
  }

  private static Object ofText(String name, String first, List<Object> arguments) {
    return switch (name) {
      case "toUpper" -> first.toUpperCase(Locale.ROOT);
      case "toLower" -> first.toLowerCase(Locale.ROOT);
      case "title" -> title(first);
      case "safeHtml" -> first;
      case "html" -> html(first);
      case "js" -> first.replace("\\", "\\\\").replace("'", "\\'").replace("\"", "\\\"");
      case "urlquery", "urlQueryEscape" -> URLEncoder.encode(first, StandardCharsets.UTF_8);
      case "graphLink" -> link(first, 0);
      case "tableLink" -> link(first, 1);
      case "stripPort" -> Hosts.withoutPort(first);
      case "stripDomain" -> Hosts.withoutDomain(first);
      case "match" -> pattern(first).matcher(text(arguments, 1, name)).find();
      case "reReplaceAll" ->
          Replacement.all(pattern(first), text(arguments, 1, name), text(arguments, 2, name));
      default -> throw new TemplateException("function \"%s\" not defined".formatted(name));
    };
  }

  private static Object at(List<Object> arguments, int position, String name) {
    if (position >= arguments.size()) {
      throw new TemplateException(
          "wrong number of args for %s: want at least %d got %d"
              .formatted(name, position + 1, arguments.size()));
    }
    return arguments.get(position);
  }

  private static String text(List<Object> arguments, int position, String name) {
    return GoValues.string(at(arguments, position, name), name);
  }

  /// Go's `Sprint`: spaces only between operands of which neither is a string.
  private static String print(List<Object> arguments) {
    LimitedText text = new LimitedText();
    for (int i = 0; i < arguments.size(); i++) {
      boolean spaced =
          i > 0
              && !(arguments.get(i) instanceof String)
              && !(arguments.get(i - 1) instanceof String);
      text.add(spaced ? " " : "").add(GoValues.text(arguments.get(i)));
    }
    return text.toString();
  }

  private static String printLine(List<Object> arguments) {
    LimitedText text = new LimitedText();
    for (int i = 0; i < arguments.size(); i++) {
      text.add(i > 0 ? " " : "").add(GoValues.text(arguments.get(i)));
    }
    return text.add("\n").toString();
  }

  private static int length(Object value) {
    return switch (value) {
      case String text -> text.getBytes(StandardCharsets.UTF_8).length;
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      default -> throw new TemplateException("len of type " + GoValues.kind(value));
    };
  }

  private static Object index(List<Object> arguments) {
    Object value = at(arguments, 0, "index");
    for (Object key : arguments.subList(1, arguments.size())) {
      value =
          switch (value) {
            case List<?> list when key instanceof Long position -> element(list, position);
            case Map<?, ?> _ when key instanceof String name -> GoValues.field(value, name);
            default ->
                throw new TemplateException(
                    "cannot index %s with %s".formatted(GoValues.kind(value), GoValues.kind(key)));
          };
    }
    return value;
  }

  private static Object element(List<?> list, long position) {
    if (position < 0 || position >= list.size()) {
      throw new TemplateException("error calling index: index out of range: " + position);
    }
    return list.get((int) position);
  }

  private static Object slice(List<Object> arguments) {
    String text = text(arguments, 0, "slice");
    long from = arguments.size() > 1 ? (long) GoValues.number(arguments.get(1)) : 0;
    long to = arguments.size() > 2 ? (long) GoValues.number(arguments.get(2)) : text.length();
    if (from < 0 || to < from || to > text.length()) {
      throw new TemplateException("error calling slice: index out of range");
    }
    return text.substring((int) from, (int) to);
  }

  private static Object named(List<Object> arguments) {
    Map<String, Object> result = new TreeMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      result.put("arg" + i, arguments.get(i));
    }
    return result;
  }

  private static Object first(Object value) {
    if (value instanceof List<?> list && !list.isEmpty()) {
      return list.getFirst();
    }
    throw new TemplateException("error calling first: first() called on vector with no elements");
  }

  private static Object label(String name, Object sample) {
    return GoValues.field(GoValues.field(sample, "Labels"), name);
  }

  private static Object sorted(String label, Object value) {
    if (!(value instanceof List<?> list)) {
      throw new TemplateException("sortByLabel of type " + GoValues.kind(value));
    }
    List<Object> result = new ArrayList<>(list);
    result.sort(Comparator.comparing(sample -> GoValues.text(label(label, sample))));
    return Collections.unmodifiableList(result);
  }

  private Object pathPrefix() {
    int scheme = data.externalUrl().indexOf("://");
    int slash = scheme < 0 ? -1 : data.externalUrl().indexOf('/', scheme + 3);
    return slash < 0 ? "" : data.externalUrl().substring(slash);
  }

  private static String title(String text) {
    StringBuilder result = new StringBuilder();
    boolean startsWord = true;
    for (int c : text.codePoints().toArray()) {
      result.appendCodePoint(startsWord ? Character.toTitleCase(c) : c);
      startsWord = !(Character.isLetterOrDigit(c) || c == '_' || c == '\'');
    }
    return result.toString();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }

  private static String link(String expression, int tab) {
    return "/graph?g0.expr=%s&g0.tab=%d"
        .formatted(URLEncoder.encode(expression, StandardCharsets.UTF_8), tab);
  }

  private static Pattern pattern(String expression) {
    try {
      return Re2Expression.compile(expression, 0);
    } catch (PatternSyntaxException e) {
      throw new TemplateException(
          "error parsing regexp: %s: `%s`".formatted(e.getDescription(), expression));
    }
  }
}
