package io.fleetward.agent.action;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `${name}` in arguments of a command.
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)\\}");

  private Placeholders() {}

  /// The names that an argument asks for.
  static List<String> in(String argument) {
    List<String> names = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(argument);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /// The arguments with every placeholder replaced, once: what a value contains is never read
  /// again.
  ///
  /// @throws IllegalArgumentException if a value is missing
  static List<String> fill(List<String> arguments, Map<String, String> values) {
    List<String> filled = new ArrayList<>();
    for (String argument : arguments) {
      StringBuilder text = new StringBuilder();
      Matcher matcher = PLACEHOLDER.matcher(argument);
      int copied = 0;
      while (matcher.find()) {
        String value = values.get(matcher.group(1));
        if (value == null) {
          throw new IllegalArgumentException("no value for " + matcher.group());
        }
        text.append(argument, copied, matcher.start()).append(value);
        copied = matcher.end();
      }
      filled.add(text.append(argument, copied, argument.length()).toString());
    }
    return filled;
  }
}
