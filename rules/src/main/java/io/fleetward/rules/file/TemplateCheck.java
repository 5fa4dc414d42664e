package io.fleetward.rules.file;

import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlNode;
import io.fleetward.rules.template.Template;
import java.util.Map;

/// Checks that the templates of an alerting rule can be read.
record TemplateCheck(MappingReader reader, Problems problems, String where) {
  void check(Map<String, String> labels, Map<String, String> annotations) {
    check("labels", "label", labels);
    check("annotations", "annotation", annotations);
  }

  private void check(String key, String word, Map<String, String> templates) {
    templates.forEach((name, text) ->
        Template.problem(text)
            .ifPresent(problem ->
                problems.at(
                    place(key, name), "%s, %s \"%s\": %s".formatted(where, word, name, problem))));
  }

  private YamlNode place(String key, String name) {
    YamlNode mapping = reader.mapping().value(key).orElse(reader.mapping());
    return mapping instanceof YamlNode.Mapping found ? found.value(name).orElse(mapping) : mapping;
  }
}
