package io.fleetward.remediation.policy;

import io.fleetward.protocol.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A parameter's text in which `${labels.NAME}` stands for a label of the alert.
public record ParameterTemplate(String text) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  private static final String LABELS = "labels.";

  /// What came of filling in a template.
  public sealed interface Filled {
    record Value(String text) implements Filled {}

    /// @param label the label that the alert does not have
    record Missing(String label) implements Filled {}
  }

  /// Whether the text is the same for every alert.
  public boolean constant() {
    return !text.contains("${");
  }

  /// The placeholders that stand for nothing known, as they were written.
  public List<String> unknownPlaceholders() {
    List<String> unknown = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!name.startsWith(LABELS) || name.length() == LABELS.length()) {
        unknown.add(matcher.group());
      }
    }
    if (PLACEHOLDER.matcher(text).replaceAll("").contains("${")) {
      unknown.add("${");
    }
    return unknown;
  }

  /// Puts an alert's labels in; a label that is not there gives no value at all.
  public Filled fill(Labels labels) {
    StringBuilder filled = new StringBuilder();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      String label = matcher.group(1).substring(LABELS.length());
      if (!labels.has(label)) {
        return new Filled.Missing(label);
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(labels.value(label)));
    }
    return new Filled.Value(matcher.appendTail(filled).toString());
  }
}
