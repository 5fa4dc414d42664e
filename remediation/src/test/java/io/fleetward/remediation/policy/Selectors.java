package io.fleetward.remediation.policy;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.LabelMatcher.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads just enough of PromQL's selectors for tests: `{a="b", c=~"d"}`.
final class Selectors {
  private static final Pattern MATCHER = Pattern.compile("\\s*(\\w+)(=~|!~|!=|=)\"([^\"]*)\",?");

  private Selectors() {}

  static List<LabelMatcher> parse(String text) {
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw new IllegalArgumentException("expected braces");
    }
    List<LabelMatcher> matchers = new ArrayList<>();
    Matcher found = MATCHER.matcher(text.substring(1, text.length() - 1));
    while (found.find()) {
      Operator operator =
          switch (found.group(2)) {
            case "=" -> Operator.EQUAL;
            case "!=" -> Operator.NOT_EQUAL;
            case "=~" -> Operator.MATCHES;
            default -> Operator.NOT_MATCHES;
          };
      matchers.add(new LabelMatcher(found.group(1), operator, found.group(3)));
    }
    return matchers;
  }
}
