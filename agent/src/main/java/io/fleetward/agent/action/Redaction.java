package io.fleetward.agent.action;

import com.google.re2j.Pattern;
import java.util.List;

/// Takes out of a text what looks like a secret: what an action prints travels to the service and
/// is shown to people.
final class Redaction {
  static final String MARK = "[redacted]";

  private record Rule(Pattern pattern, String replacement) {}

  private static final List<Rule> RULES =
      List.of(
          rule(
              "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)",
              MARK),
          rule("(?i)(authorization\\s*[:=]\\s*)[^\\r\\n]+", "$1" + MARK),
          rule("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/_.~=-]{8,}", "$1 " + MARK),
          rule("([A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@]*:)[^\\s/@]+@", "$1" + MARK + "@"),
          rule(
              "(?i)([A-Za-z0-9_.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)[A-Za-z0-9_.-]*[\"']?\\s*[:=]\\s*)(\"[^\"\\r\\n]*\"|'[^'\\r\\n]*'|[^\\s,;]+)",
              "$1" + MARK),
          rule("(?i)(--?(?:password|passwd|token|secret|api-key)\\s+)\\S+", "$1" + MARK),
          rule("\\bAKIA[0-9A-Z]{16}\\b", MARK),
          rule("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*", MARK));

  private Redaction() {}

  private static Rule rule(String expression, String replacement) {
    return new Rule(Pattern.compile(expression), replacement);
  }

  static String of(String text) {
    String clean = text;
    for (Rule rule : RULES) {
      clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
    }
    return clean;
  }
}
