package io.fleetward.remediation.policy;

import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlNode;
import io.fleetward.protocol.configuration.YamlNode.Entry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Reads one rung of a ladder and checks it against the catalogue. Confined to one thread.
final class RungReader {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final YamlNode node;
  private final MappingReader reader;
  private final ActionCatalogue catalogue;
  private final Problems problems;

  RungReader(YamlNode node, ActionCatalogue catalogue, Problems problems) {
    this.node = node;
    this.reader = MappingReader.of(node, problems);
    this.catalogue = catalogue;
    this.problems = problems;
  }

  /// @return empty if there is no such action; `problems` then says so
  Optional<Rung> read() {
    String name = reader.requiredText("action");
    Duration timeout = reader.duration("timeout").orElse(TIMEOUT);
    if (timeout.isZero()) {
      problems.at(reader.node("timeout").orElse(node), "\"timeout\" is 0; write a longer time");
    }
    Map<String, ParameterTemplate> with = new HashMap<>();
    reader.texts("with").forEach((key, text) -> with.put(key, new ParameterTemplate(text)));
    reader.rejectUnknownKeys();
    Optional<Action> action = catalogue.find(name);
    if (action.isEmpty() && !name.isEmpty()) {
      problems.at(
          reader.node("action").orElse(node),
          "unknown action \"%s\"; the catalogue has: %s"
              .formatted(name, String.join(", ", catalogue.names())));
    }
    action.ifPresent(known -> check(known, with));
    return action.map(known -> new Rung(known.name(), with, timeout));
  }

  private void check(Action action, Map<String, ParameterTemplate> with) {
    YamlNode place = reader.node("with").orElse(node);
    for (String parameter : new TreeSet<>(action.parameters().keySet())) {
      if (!with.containsKey(parameter)) {
        problems.at(
            place,
            "action \"%s\" needs the parameter \"%s\"; add it under \"with\""
                .formatted(action.name(), parameter));
      }
    }
    List<Entry> entries =
        reader.nested("with").map(nested -> nested.mapping().entries()).orElse(List.of());
    for (Entry entry : entries) {
      ParameterTemplate template = with.get(entry.key().text());
      if (template != null) {
        check(action, entry, template);
      }
    }
  }

  private void check(Action action, Entry entry, ParameterTemplate template) {
    String parameter = entry.key().text();
    if (!action.parameters().containsKey(parameter)) {
      problems.at(
          entry.key(),
          "action \"%s\" has no parameter \"%s\"; it has: %s"
              .formatted(
                  action.name(),
                  parameter,
                  String.join(", ", new TreeSet<>(action.parameters().keySet()))));
    } else if (!template.unknownPlaceholders().isEmpty()) {
      problems.at(
          entry.value(),
          "%s stands for nothing; only ${labels.NAME} is known"
              .formatted(String.join(", ", template.unknownPlaceholders())));
    } else if (template.constant() && !action.takes(parameter, template.text())) {
      problems.at(
          entry.value(),
          "\"%s\" does not match %s, which action \"%s\" asks of \"%s\""
              .formatted(template.text(), action.patternOf(parameter), action.name(), parameter));
    }
  }
}
