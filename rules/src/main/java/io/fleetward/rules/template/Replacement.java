package io.fleetward.rules.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// Go's `ReplaceAllString`.
final class Replacement {
  private Replacement() {}

  /// @param replacement may hold `$1` and `${name}`
  static String all(Pattern pattern, String replacement, String text) {
    StringBuilder result = new StringBuilder();
    Matcher matcher = pattern.matcher(text);
    int at = 0;
    try {
      while (matcher.find()) {
        result.append(text, at, matcher.start()).append(GoExpansion.expand(replacement, matcher));
        at = matcher.end();
      }
    } catch (PatternSyntaxException e) {
      throw new TemplateException("reReplaceAll: " + e.getDescription());
    }
    return result.append(text, at, text.length()).toString();
  }
}
