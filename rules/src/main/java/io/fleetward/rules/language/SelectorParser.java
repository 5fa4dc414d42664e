package io.fleetward.rules.language;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.LabelMatcher.InvalidMatcherException;
import io.fleetward.protocol.labels.LabelMatcher.Operator;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.Expression.Edges;
import io.fleetward.rules.language.Expression.Place;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Reads selectors and lists of label names.
final class SelectorParser {
  private final Tokens tokens;

  SelectorParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /// Reads the braces of a selector, if there are any, after its name.
  VectorSelector selector(String name, Place start) {
    List<LabelMatcher> matchers = new ArrayList<>();
    if (!name.isEmpty()) {
      matchers.add(new LabelMatcher(Labels.METRIC_NAME, Operator.EQUAL, name));
    }
    String metricName = name;
    if (tokens.takeSign("{")) {
      while (!tokens.takeSign("}")) {
        metricName = condition(metricName, matchers);
        if (!tokens.next().isSign("}")) {
          tokens.expectSign(",", "label matching");
        }
      }
    }
    Place place = tokens.upToHere(start);
    return new VectorSelector(place, metricName, matchers, Shift.NONE, Edges.PLAIN);
  }

  private String condition(String metricName, List<LabelMatcher> matchers) {
    Token name = tokens.next();
    if (name.kind() != Kind.NAME && name.kind() != Kind.STRING) {
      throw tokens.unexpected("label matching", "identifier or \"}\"");
    }
    tokens.take();
    boolean isQuotedName =
        name.kind() == Kind.STRING && (tokens.next().isSign(",") || tokens.next().isSign("}"));
    if (isQuotedName) {
      if (!metricName.isEmpty()) {
        throw new RefusalException(
            name.place(),
            "metric name must not be set twice: \"%s\" or \"%s\""
                .formatted(metricName, name.text()));
      }
      matchers.add(new LabelMatcher(Labels.METRIC_NAME, Operator.EQUAL, name.text()));
      return name.text();
    }
    if (name.text().equals(Labels.METRIC_NAME) && !metricName.isEmpty()) {
      throw new RefusalException(
          name.place(),
          "metric name must not be set twice: \"%s\" is given already".formatted(metricName));
    }
    matchers.add(matcher(name));
    return metricName;
  }

  private LabelMatcher matcher(Token name) {
    Operator operator = null;
    for (Operator candidate : Operator.values()) {
      if (tokens.next().isSign(candidate.sign())) {
        operator = candidate;
      }
    }
    if (operator == null) {
      throw tokens.unexpected("label matching", "one of =, !=, =~, !~");
    }
    tokens.take();
    Token value = tokens.next();
    if (value.kind() != Kind.STRING) {
      throw tokens.unexpected("label matching", "string");
    }
    try {
      return new LabelMatcher(name.text(), operator, tokens.take().text());
    } catch (InvalidMatcherException e) {
      throw new RefusalException(value.place(), String.valueOf(e.getMessage()));
    }
  }

  /// Reads `(a, "b.c")`.
  List<String> labelNames() {
    tokens.expectSign("(", "grouping opts");
    List<String> names = new ArrayList<>();
    while (!tokens.takeSign(")")) {
      Token name = tokens.next();
      boolean isName =
          name.kind() == Kind.STRING || (name.kind() == Kind.NAME && name.text().indexOf(':') < 0);
      if (!isName || name.text().isEmpty()) {
        throw tokens.unexpected("grouping opts", "label");
      }
      names.add(tokens.take().text());
      if (!tokens.next().isSign(")")) {
        tokens.expectSign(",", "grouping opts");
      }
    }
    return names;
  }
}
