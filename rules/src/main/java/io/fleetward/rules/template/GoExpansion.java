package io.fleetward.rules.template;

import com.google.re2j.Matcher;

/// Go's `Regexp.Expand`: `$1`, `${name}`, `$$`; an unknown group is empty.
public final class GoExpansion {
  private GoExpansion() {}

  /// @param matcher after a match
  public static String expand(String template, Matcher matcher) {
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
