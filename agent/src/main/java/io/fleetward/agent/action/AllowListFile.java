package io.fleetward.agent.action;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fleetward.agent.action.AllowedAction.Command;
import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlFile;
import io.fleetward.protocol.configuration.YamlNode;
import io.fleetward.protocol.configuration.YamlNode.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads one file of the allow-list. Confined to one thread.
final class AllowListFile {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
  private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

  private final Problems problems;
  private final MappingReader file;

  private AllowListFile(Problems problems, MappingReader file) {
    this.problems = problems;
    this.file = file;
  }

  /// @return the action as far as it could be read; `problems` says what is wrong with it
  static Optional<AllowedAction> read(Path path, Problems problems) {
    return YamlFile.read(path, problems)
        .map(root -> new AllowListFile(problems, MappingReader.of(root, problems)).action());
  }

  private AllowedAction action() {
    String name = file.requiredText("action");
    Duration timeout = timeout();
    Budget budget = budget();
    AllowedAction action =
        new BuiltInFile(problems, file, timeout, budget)
            .action(name)
            .orElseGet(() -> command(name, timeout, budget));
    file.rejectUnknownKeys();
    return action;
  }

  private Command command(String name, Duration timeout, Budget budget) {
    Map<String, Pattern> parameters = parameters();
    List<String> run = arguments("run", parameters.keySet());
    if (run.isEmpty()) {
      problems.at(
          file.mapping(), "\"run\" is missing or empty; list the program and its arguments");
    } else if (run.getFirst().contains("${")) {
      problems.at(file.mapping(), "\"run\" starts with a parameter; name the program itself");
    }
    Command command =
        new Command(
            name,
            parameters,
            run,
            arguments("precondition", parameters.keySet()),
            arguments("evidence", parameters.keySet()),
            confinement(),
            timeout,
            budget);
    Set<String> unused = new TreeSet<>(parameters.keySet());
    command.run().forEach(argument -> unused.removeAll(Placeholders.in(argument)));
    for (String parameter : unused) {
      problems.at(
          file.mapping(),
          "parameter \"%s\" is not used in \"run\"; use it as ${%s} or remove it"
              .formatted(parameter, parameter));
    }
    return command;
  }

  private Map<String, Pattern> parameters() {
    Map<String, Pattern> parameters = new LinkedHashMap<>();
    file.nested("parameters")
        .ifPresent(reader -> {
          for (YamlNode.Entry entry : reader.mapping().entries()) {
            MappingReader parameter = MappingReader.of(entry.value(), problems);
            parameter
                .node("pattern")
                .ifPresentOrElse(
                    node ->
                        pattern(node, problems)
                            .ifPresent(found -> parameters.put(entry.key().text(), found)),
                    () -> problems.at(entry.key(), "has no \"pattern\"; add one"));
            parameter.rejectUnknownKeys();
          }
        });
    return parameters;
  }

  private Confinement confinement() {
    String user = file.text("user").orElse("");
    if (!user.isEmpty() && !USER.matches(user)) {
      problems.at(file.mapping(), "\"user\" must be the name of a user, such as batch");
    }
    return file.nested("limits")
        .map(limits -> {
          Confinement usual = Confinement.USUAL;
          Confinement confinement =
              new Confinement(
                  user,
                  limits.integer("cpu_seconds", 1, 3_600).orElse(usual.cpuSeconds()),
                  limits.integer("memory_megabytes", 1, 1 << 20).orElse(usual.memoryMegabytes()),
                  limits.integer("file_megabytes", 1, 1 << 20).orElse(usual.fileMegabytes()),
                  limits.integer("open_files", 16, 1 << 20).orElse(usual.openFiles()));
          limits.rejectUnknownKeys();
          return confinement;
        })
        .orElse(Confinement.USUAL.as(user));
  }

  /// Reads a pattern; what is wrong with it goes to `problems`.
  static Optional<Pattern> pattern(YamlNode node, Problems problems) {
    if (!(node instanceof Scalar scalar) || scalar.text().isEmpty()) {
      problems.at(node, "a pattern must be a text, not %s".formatted(node.kind()));
      return Optional.empty();
    }
    try {
      return Optional.of(Pattern.compile(scalar.text()));
    } catch (PatternSyntaxException e) {
      problems.at(
          node,
          "\"%s\" is no RE2 pattern: %s; it must match the whole value"
              .formatted(scalar.text(), e.getDescription()));
      return Optional.empty();
    }
  }

  private List<String> arguments(String key, Set<String> parameters) {
    List<String> arguments = new ArrayList<>();
    for (YamlNode item : file.items(key)) {
      if (!(item instanceof Scalar scalar)) {
        problems.at(item, "an argument must be a single value, not %s".formatted(item.kind()));
        continue;
      }
      for (String name : Placeholders.in(scalar.text())) {
        if (!parameters.contains(name)) {
          problems.at(
              item,
              "${%s} is no parameter; declare it under \"parameters\" with a pattern"
                  .formatted(name));
        }
      }
      arguments.add(scalar.text());
    }
    return arguments;
  }

  private Duration timeout() {
    Duration value = file.duration("timeout").orElse(DEFAULT_TIMEOUT);
    if (value.isZero() || value.compareTo(LONGEST_TIMEOUT) > 0) {
      problems.at(file.mapping(), "\"timeout\" must be more than 0 and at most 1h");
      return DEFAULT_TIMEOUT;
    }
    return value;
  }

  private Budget budget() {
    return file.nested("budget")
        .map(budget -> {
          int atMost = budget.integer("at_most", 1, Budget.MOST).orElse(Budget.STRICT.atMost());
          Duration per = budget.duration("per").orElse(Budget.STRICT.per());
          budget.rejectUnknownKeys();
          if (per.isZero()) {
            problems.at(budget.mapping(), "\"per\" must be more than 0; write it like 1h");
          }
          return new Budget(atMost, per);
        })
        .orElse(Budget.STRICT);
  }
}
