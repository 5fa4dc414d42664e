package io.fleetward.rules.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A text with `{{ … }}` in it, Go's text/template as Prometheus offers it. Immutable.
public final class Template {
  private static final Set<String> VARIABLES =
      Set.of("$", "$labels", "$externalLabels", "$externalURL", "$value");
  private static final int MAX_LENGTH = 1 << 18;

  private final List<TemplateNode> nodes;
  private final Map<String, List<TemplateNode>> definitions;

  private Template(List<TemplateNode> nodes, Map<String, List<TemplateNode>> definitions) {
    this.nodes = List.copyOf(nodes);
    this.definitions = Map.copyOf(definitions);
  }

  /// What is wrong with a template; empty if nothing is.
  public static Optional<String> problem(String text) {
    try {
      parse(text);
      return Optional.empty();
    } catch (TemplateException e) {
      return Optional.of("could not parse template: " + e.reason());
    }
  }

  /// @throws TemplateException if the text is no template
  public static Template parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new TemplateException("longer than %d characters".formatted(MAX_LENGTH));
    }
    TemplateParser parser = new TemplateParser(text, VARIABLES);
    return new Template(parser.parse(), parser.definitions());
  }

  /// The queries that the template makes, where they are written as one string.
  public List<String> queries() {
    return new QueryFinder(nodes, definitions).queries();
  }

  /// Whether the template makes a query that is put together only when it runs.
  public boolean queriesWhatIsNotWritten() {
    return new QueryFinder(nodes, definitions).findsUnwritten();
  }

  /// The text for an alert. What goes wrong is told in the text, so that the alert is not lost.
  ///
  /// @param name of the alert, for the error
  public String render(String name, TemplateData data) {
    try {
      return expand(data);
    } catch (TemplateException e) {
      return "<error expanding template: error executing template __alert_%s: %s>"
          .formatted(name, e.reason());
    }
  }

  /// The text for some data.
  ///
  /// @throws TemplateException if the template meets something it cannot work with
  public String expand(TemplateData data) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("$", data);
    variables.put("$labels", data.labelMap());
    variables.put("$externalLabels", data.externalLabels().toMap());
    variables.put("$externalURL", data.externalUrl());
    variables.put("$value", data.value());
    return new Interpreter(data, definitions).run(nodes, data, variables);
  }
}
