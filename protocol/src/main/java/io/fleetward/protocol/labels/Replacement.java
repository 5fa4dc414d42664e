package io.fleetward.protocol.labels;

import com.google.re2j.Matcher;

/// Go's templates for replacements: `$1`, `$name`, `${name}`, `$$`. What a group did not match, and
/// groups that the expression does not have, are empty.
final class Replacement {
  private Replacement() {}

  static String expand(String template, Matcher matcher) {
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$' || at + 1 == template.length()) {
        expanded.append(c);
        at++;
      } else if (template.charAt(at + 1) == '$') {
        expanded.append('$');
        at += 2;
      } else {
        at = reference(template, at + 1, matcher, expanded);
      }
    }
    return expanded.toString();
  }

  /// @param start after the dollar sign
  /// @return where the template goes on
  private static int reference(
      String template, int start, Matcher matcher, StringBuilder expanded) {
    boolean braced = template.charAt(start) == '{';
    int from = braced ? start + 1 : start;
    int to = from;
    while (to < template.length() && isWord(template.charAt(to))) {
      to++;
    }
    boolean closed = !braced || (to < template.length() && template.charAt(to) == '}');
    if (to == from || !closed) {
      expanded.append('$'); // malformed: Go leaves the dollar sign
      return start;
    }
    expanded.append(group(template.substring(from, to), matcher));
    return braced ? to + 1 : to;
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static String group(String name, Matcher matcher) {
    String matched = null;
    if (name.chars().allMatch(Character::isDigit)) {
      if (name.length() < 4 && Integer.parseInt(name) <= matcher.groupCount()) {
        matched = matcher.group(Integer.parseInt(name));
      }
    } else if (matcher.pattern().namedGroups().containsKey(name)) {
      matched = matcher.group(name);
    }
    return matched == null ? "" : matched;
  }
}
