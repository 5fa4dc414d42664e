package io.fleetward.remediation.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlFile;
import io.fleetward.protocol.configuration.YamlNode;
import io.fleetward.protocol.configuration.YamlNode.Entry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the action catalogue, `actions/*.yaml`, one action a file. Confined to one thread.
public final class ActionFiles {
  private final Problems problems;
  private final Map<String, Action> actions = new LinkedHashMap<>();

  private ActionFiles(Problems problems) {
    this.problems = problems;
  }

  /// Reads every `*.yaml` of a folder; what is wrong goes to `problems`.
  public static ActionCatalogue read(Path folder, Problems problems) {
    ActionFiles files = new ActionFiles(problems);
    for (Path file : YamlFolder.files(folder, problems)) {
      YamlFile.read(file, problems).ifPresent(files::add);
    }
    return ActionCatalogue.of(files.actions.values());
  }

  /// Reads one file's text.
  public static ActionCatalogue parse(String file, String text, Problems problems) {
    ActionFiles files = new ActionFiles(problems);
    YamlFile.parse(file, text, problems).ifPresent(files::add);
    return ActionCatalogue.of(files.actions.values());
  }

  private void add(YamlNode root) {
    MappingReader reader = MappingReader.of(root, problems);
    String name = reader.requiredText("action");
    Map<String, Pattern> parameters =
        reader.nested("parameters").map(this::parameters).orElse(Map.of());
    Optional<Risk> risk = reader.word("risk", Risk.class);
    if (reader.node("risk").isEmpty()) {
      problems.at(root, "\"risk\" is missing; write low, medium or disruptive");
    }
    String evidence = reader.requiredText("evidence");
    String undo = reader.text("undo").orElse("");
    reader.rejectUnknownKeys();
    Action action = new Action(name, parameters, risk.orElse(Risk.DISRUPTIVE), evidence, undo);
    if (!name.isEmpty() && actions.putIfAbsent(name, action) != null) {
      problems.at(root, "action \"%s\" is described twice; keep one of the files".formatted(name));
    }
  }

  private Map<String, Pattern> parameters(MappingReader reader) {
    Map<String, Pattern> parameters = new HashMap<>();
    for (Entry entry : reader.mapping().entries()) {
      MappingReader parameter = MappingReader.of(entry.value(), problems);
      String expression = parameter.requiredText("pattern");
      parameter.rejectUnknownKeys();
      try {
        parameters.put(entry.key().text(), Pattern.compile(expression));
      } catch (PatternSyntaxException e) {
        problems.at(
            parameter.mapping(),
            "pattern \"%s\" is not a valid RE2 expression: %s"
                .formatted(expression, e.getDescription()));
      }
    }
    return parameters;
  }
}
