package io.fleetward.rules.template;

import io.fleetward.rules.language.GoStrings;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Go's `Sprintf` for the values of templates.
final class Printf {
  private static final Pattern VERB =
      Pattern.compile(
          "%(?<flags>[-+# 0]*)(?<width>\\d{0,4})(?:\\.(?<precision>\\d{0,3}))?(?<verb>.)?");

  private Printf() {}

  static String format(String format, List<Object> arguments) {
    LimitedText text = new LimitedText();
    Matcher matcher = VERB.matcher(format);
    int at = 0;
    int used = 0;
    while (matcher.find(at)) {
      text.add(format, at, matcher.start());
      at = matcher.end();
      String verb = matcher.group("verb");
      if (verb == null) {
        text.add("%!(NOVERB)");
      } else if (verb.equals("%")) {
        text.add("%");
      } else if (used >= arguments.size()) {
        text.add("%!").add(verb).add("(MISSING)");
      } else {
        text.add(padded(matcher, one(matcher, verb, arguments.get(used++))));
      }
    }
    text.add(format, at, format.length());
    return text.add(extra(arguments.subList(used, arguments.size()))).toString();
  }

  private static String extra(List<Object> rest) {
    if (rest.isEmpty()) {
      return "";
    }
    LimitedText text = new LimitedText().add("%!(EXTRA ");
    for (int i = 0; i < rest.size(); i++) {
      text.add(i == 0 ? "" : ", ")
          .add(GoValues.kind(rest.get(i)))
          .add("=")
          .add(GoValues.text(rest.get(i)));
    }
    return text.add(")").toString();
  }

  private static String one(Matcher matcher, String verb, Object value) {
    String digits = matcher.group("precision");
    int precision = digits == null ? -1 : digits.isEmpty() ? 0 : Integer.parseInt(digits);
    String result =
        switch (value) {
          case Double number -> real(verb, number, precision);
          case Long number -> whole(verb, number);
          case String text -> string(verb, text, precision);
          case Boolean bool -> verb.equals("t") || verb.equals("v") ? bool.toString() : "";
          default -> verb.equals("v") || verb.equals("s") ? GoValues.text(value) : "";
        };
    if (result.isEmpty() && !"svq".contains(verb)) {
      return "%%!%s(%s=%s)".formatted(verb, GoValues.kind(value), GoValues.text(value));
    }
    boolean wantsPlus = matcher.group("flags").contains("+");
    boolean isPositive =
        (value instanceof Double number && number >= 0 && !result.startsWith("+"))
            || (value instanceof Long whole && whole >= 0);
    return wantsPlus && isPositive ? "+" + result : result;
  }

  private static String real(String verb, double value, int precision) {
    return switch (verb) {
      case "f", "F" -> GoNumbers.fixed(value, precision < 0 ? 6 : precision);
      case "e" -> GoNumbers.scientific(value, precision < 0 ? 6 : precision);
      case "g", "v" ->
          precision < 0 ? GoNumbers.shortest(value) : GoNumbers.general(value, precision);
      default -> "";
    };
  }

  private static String whole(String verb, long value) {
    return switch (verb) {
      case "d", "v" -> Long.toString(value);
      case "x" -> Long.toHexString(value);
      case "o" -> Long.toOctalString(value);
      case "b" -> Long.toBinaryString(value);
      case "c" -> Character.isValidCodePoint((int) value) ? Character.toString((int) value) : "";
      default -> "";
    };
  }

  private static String string(String verb, String text, int precision) {
    String cut =
        precision < 0 || precision >= text.codePointCount(0, text.length())
            ? text
            : text.substring(0, text.offsetByCodePoints(0, precision));
    return switch (verb) {
      case "s", "v" -> cut;
      case "q" -> GoStrings.quote(cut);
      default -> "";
    };
  }

  private static String padded(Matcher matcher, String text) {
    int width = matcher.group("width").isEmpty() ? 0 : Integer.parseInt(matcher.group("width"));
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    String flags = matcher.group("flags");
    if (flags.contains("-")) {
      return text + " ".repeat(missing);
    }
    boolean isNumber = !text.isEmpty() && "+-0123456789".indexOf(text.charAt(0)) >= 0;
    if (flags.contains("0") && isNumber) {
      boolean signed = text.startsWith("-") || text.startsWith("+");
      return (signed ? text.substring(0, 1) : "")
          + "0".repeat(missing)
          + (signed ? text.substring(1) : text);
    }
    return " ".repeat(missing) + text;
  }
}
