package io.fleetward.agent.action;

import com.google.re2j.Pattern;
import io.fleetward.agent.action.AllowedAction.CollectDiagnostics;
import io.fleetward.agent.action.AllowedAction.DeleteOldFiles;
import io.fleetward.agent.action.AllowedAction.DropLock;
import io.fleetward.agent.action.AllowedAction.EndProcess;
import io.fleetward.agent.action.AllowedAction.Reboot;
import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlNode;
import io.fleetward.protocol.configuration.YamlNode.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a file of the allow-list says about an action that is built in. Confined to one thread.
///
/// @param timeout as read
/// @param budget as read
record BuiltInFile(Problems problems, MappingReader file, Duration timeout, Budget budget) {
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(3);
  private static final Duration OLD = Duration.ofDays(1);
  private static final int MOST_FILES = 100_000;
  private static final int USUAL_FILES = 1_000;

  /// The built-in action of this name; empty if it is not one.
  Optional<AllowedAction> action(String name) {
    return switch (name) {
      case EndProcess.NAME -> Optional.of(endProcess());
      case DeleteOldFiles.NAME -> Optional.of(deleteOldFiles());
      case DropLock.NAME ->
          Optional.of(new DropLock(paths("files"), duration("older_than", OLD), timeout, budget));
      case CollectDiagnostics.NAME -> Optional.of(new CollectDiagnostics(timeout, budget));
      case Reboot.NAME -> Optional.of(reboot());
      default -> Optional.empty();
    };
  }

  private EndProcess endProcess() {
    List<Pattern> executables = patterns("executables");
    if (executables.isEmpty()) {
      problems.at(
          file.mapping(), "\"executables\" is missing or empty; list patterns of whole paths");
    }
    List<Integer> uids = new ArrayList<>();
    for (YamlNode item : file.items("uids")) {
      uid(item).ifPresent(uids::add);
    }
    return new EndProcess(
        executables, uids, patterns("units"), duration("grace", DEFAULT_GRACE), timeout, budget);
  }

  private DeleteOldFiles deleteOldFiles() {
    List<Pattern> names = patterns("names");
    if (names.isEmpty()) {
      problems.at(
          file.mapping(), "\"names\" is missing or empty; list patterns of whole file names");
    }
    return new DeleteOldFiles(
        paths("folders"),
        names,
        duration("older_than", OLD),
        file.integer("most_files", 1, MOST_FILES).orElse(USUAL_FILES),
        timeout,
        budget);
  }

  private Reboot reboot() {
    List<String> run = file.textList("run");
    return new Reboot(run.isEmpty() ? List.of("systemctl", "reboot") : run, timeout, budget);
  }

  private List<Pattern> patterns(String key) {
    List<Pattern> patterns = new ArrayList<>();
    for (YamlNode item : file.items(key)) {
      AllowListFile.pattern(item, problems).ifPresent(patterns::add);
    }
    return patterns;
  }

  private List<Path> paths(String key) {
    List<Path> paths = new ArrayList<>();
    for (YamlNode item : file.items(key)) {
      Path path = item instanceof Scalar scalar ? Path.of(scalar.text()) : Path.of("");
      if (path.isAbsolute() && path.normalize().equals(path) && path.getNameCount() > 0) {
        paths.add(path);
      } else {
        problems.at(item, "must be a whole path without . and .., such as /var/tmp/batch");
      }
    }
    if (paths.isEmpty()) {
      problems.at(file.mapping(), "\"%s\" is missing or empty; list whole paths".formatted(key));
    }
    return paths;
  }

  private Duration duration(String key, Duration fallback) {
    return file.duration(key).orElse(fallback);
  }

  private Optional<Integer> uid(YamlNode node) {
    if (node instanceof Scalar scalar) {
      try {
        int value = Integer.parseInt(scalar.text());
        if (value >= 0 && value < Integer.MAX_VALUE) {
          return Optional.of(value);
        }
      } catch (NumberFormatException _) {
        // told below
      }
    }
    problems.at(node, "a user must be a number, such as 1000");
    return Optional.empty();
  }
}
