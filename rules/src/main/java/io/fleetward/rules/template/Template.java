package io.fleetward.rules.template;

import io.fleetward.protocol.labels.Labels;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with `{{ … }}` in it.
public final class Template {
  private static final Pattern ACTION =
      Pattern.compile("\\{\\{\\s*(?:\\$labels\\.([a-zA-Z0-9_]+)|(\\$value))\\s*[^}]*\\}\\}");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /// What is wrong with a template; empty if nothing is.
  public static Optional<String> problem(String text) {
    return text.split("\\{\\{", -1).length == text.split("\\}\\}", -1).length
        ? Optional.empty()
        : Optional.of("unclosed action");
  }

  public static Template parse(String text) {
    return new Template(text);
  }

  /// The text for an alert's labels and value.
  public String render(Labels labels, double value) {
    return ACTION
        .matcher(text)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                match.group(1) == null ? GoNumbers.shortest(value) : labels.value(match.group(1))));
  }
}
