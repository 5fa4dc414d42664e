package io.fleetward.rules.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// Go's `ReplaceAllString`.
final class Replacement {
  private Replacement() {}

  /// @param replacement may hold `$1` and `${name}`
  static String all(Pattern pattern, String replacement, String text) {
    LimitedText result = new LimitedText();
    long groups = replacement.chars().filter(c -> c == '$').count();
    Matcher matcher = pattern.matcher(text);
    int at = 0;
    try {
      while (matcher.find()) {
        if (groups * (matcher.end() - matcher.start()) > LimitedText.MAX_LENGTH) {
          throw new TemplateException("a replacement of more than 1 MB");
        }
        result.add(text, at, matcher.start()).add(GoExpansion.expand(replacement, matcher));
        at = matcher.end();
      }
    } catch (PatternSyntaxException e) {
      throw new TemplateException("reReplaceAll: " + e.getDescription());
    }
    return result.add(text, at, text.length()).toString();
  }
}
