package io.fleetward.rules.file;

import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlFile;
import io.fleetward.protocol.configuration.YamlNode;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.Dialect;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.GoStrings;
import io.fleetward.rules.language.Parsed;
import io.fleetward.rules.language.PromQl;
import io.fleetward.rules.language.SyntaxProblem;
import io.fleetward.rules.language.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the groups of one rule file. Used once, by one thread.
final class RuleFileReader {
  private final String file;
  private final Problems problems;

  RuleFileReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  List<RuleGroup> read(String text) {
    Optional<YamlNode> root =
        text.isBlank() ? Optional.empty() : YamlFile.parse(file, text, problems);
    if (root.isEmpty()) {
      return List.of();
    }
    MappingReader reader = MappingReader.of(root.get(), problems);
    List<RuleGroup> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlNode node : reader.items("groups")) {
      RuleGroup group = group(MappingReader.of(node, problems));
      if (!group.name().isEmpty() && !names.add(group.name())) {
        problems.at(
            node,
            "groupname: \"%s\" is repeated in the same file; rename one".formatted(group.name()));
      }
      groups.add(group);
    }
    reader.rejectUnknownKeys();
    return groups;
  }

  private RuleGroup group(MappingReader reader) {
    String name = reader.requiredText("name");
    Duration interval = reader.duration("interval").orElse(Duration.ZERO);
    Duration offset = reader.duration("query_offset").orElse(Duration.ZERO);
    int limit = reader.integer("limit", 0, Integer.MAX_VALUE).orElse(0);
    Map<String, String> labels = reader.texts("labels");
    String where = "group \"" + name + "\"";
    checkLabels(reader, labels, where);
    List<Rule> rules = new ArrayList<>();
    for (YamlNode node : reader.items("rules")) {
      rule(name, node).ifPresent(rules::add);
    }
    if (rules.stream().anyMatch(Rule.Alerting.class::isInstance)) {
      new TemplateCheck(reader, problems, where).check(labels, Map.of());
    }
    reader.rejectUnknownKeys();
    return new RuleGroup(file, name, interval, limit, offset, Labels.from(labels), rules);
  }

  private Optional<Rule> rule(String group, YamlNode node) {
    MappingReader reader = MappingReader.of(node, problems);
    Optional<String> record = reader.text("record");
    Optional<String> alert = reader.text("alert");
    String name = record.or(() -> alert).orElse("");
    String where = "group \"" + group + "\", rule \"" + name + "\"";
    if (record.isPresent() == alert.isPresent()) {
      String wrong =
          record.isPresent()
              ? "%s: only one of 'record' and 'alert' must be set; remove one"
              : "%s: one of 'record' or 'alert' must be set; add one";
      problems.at(node, wrong.formatted(where));
    }
    String text = expressionText(reader, where);
    Optional<Expression> expression =
        text.isEmpty() ? Optional.empty() : parse(reader, where, text);
    Optional<Duration> holdFor = reader.duration("for");
    Optional<Duration> keepFiringFor = reader.duration("keep_firing_for");
    Map<String, String> labels = reader.texts("labels");
    Map<String, String> annotations = reader.texts("annotations");
    checkLabels(reader, labels, where);
    boolean isRecording = record.isPresent() && alert.isEmpty();
    if (isRecording) {
      checkRecording(reader, where, name, annotations);
    } else {
      new TemplateCheck(reader, problems, where).check(labels, annotations);
    }
    reader.rejectUnknownKeys();
    if (expression.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        isRecording
            ? new Rule.Recording(name, text, expression.get(), Labels.from(labels), node.place())
            : new Rule.Alerting(
                name,
                text,
                expression.get(),
                holdFor.orElse(Duration.ZERO),
                keepFiringFor.orElse(Duration.ZERO),
                labels,
                annotations,
                node.place()));
  }

  private String expressionText(MappingReader reader, String where) {
    Optional<String> text = reader.text("expr");
    if (text.isEmpty() || text.get().isBlank()) {
      problems.at(reader.mapping(), "%s: field 'expr' must be set in rule".formatted(where));
      return "";
    }
    return text.get();
  }

  private Optional<Expression> parse(MappingReader reader, String where, String text) {
    YamlNode node = reader.mapping().value("expr").orElse(reader.mapping());
    return switch (PromQl.parse(text, Dialect.STABLE)) {
      case Parsed.Valid(Expression expression) -> ofRightType(node, where, expression);
      case Parsed.Invalid(List<SyntaxProblem> found) -> {
        for (SyntaxProblem problem : found) {
          problems.at(
              node,
              "%s: could not parse expression: %s\n%s"
                  .formatted(where, problem, problem.caret(text).indent(4).stripTrailing()));
        }
        yield Optional.empty();
      }
    };
  }

  private Optional<Expression> ofRightType(YamlNode node, String where, Expression expression) {
    if (expression.type() == ValueType.STRING || expression.type() == ValueType.RANGE_VECTOR) {
      problems.at(
          node,
          "%s: expr yields a %s; a rule needs an instant vector or a number"
              .formatted(where, expression.type().words()));
      return Optional.empty();
    }
    return Optional.of(expression);
  }

  private void checkRecording(
      MappingReader reader, String where, String name, Map<String, String> annotations) {
    if (!annotations.isEmpty()) {
      problems.at(
          reader.mapping(), "%s: invalid field 'annotations' in recording rule".formatted(where));
    }
    for (String field : List.of("for", "keep_firing_for")) {
      if (reader.mapping().value(field).isPresent()) {
        problems.at(
            reader.mapping(),
            "%s: invalid field '%s' in recording rule; only alerts have it"
                .formatted(where, field));
      }
    }
    if (!GoStrings.isUtf8(name)) {
      problems.at(reader.mapping(), "%s: invalid recording rule name".formatted(where));
    }
  }

  private void checkLabels(MappingReader reader, Map<String, String> labels, String where) {
    for (String name : labels.keySet()) {
      if (name.isEmpty() || name.equals(Labels.METRIC_NAME)) {
        problems.at(
            reader.mapping(),
            "%s: invalid label name: \"%s\"; take another name".formatted(where, name));
      }
    }
  }

  /// A problem of the file as a whole.
  static Problem ofFile(String file, String message) {
    return Problem.of(file, message);
  }
}
