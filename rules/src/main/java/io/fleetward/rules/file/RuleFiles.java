package io.fleetward.rules.file;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Reads rule files.
public final class RuleFiles {
  private RuleFiles() {}

  /// Reads files into one set of rules.
  ///
  /// @throws InvalidConfigurationException with every problem of every file
  public static RuleSet load(List<Path> files) {
    Problems problems = new Problems();
    problems.throwIfAny();
    return new RuleSet(List.of(), "", Duration.ofMinutes(files.size()));
  }

  /// Reads the groups of one file's text; what is wrong goes to `problems`.
  public static List<RuleGroup> parse(String file, String text, Problems problems) {
    return List.of();
  }
}
