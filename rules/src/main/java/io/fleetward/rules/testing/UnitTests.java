package io.fleetward.rules.testing;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Runs unit-test files in promtool's format.
public final class UnitTests {
  private UnitTests() {}

  /// Runs all tests of a file.
  ///
  /// @return what failed, in words; empty if everything passed
  /// @throws InvalidConfigurationException if the file, or a rule file that it names, cannot be
  ///   used
  public static List<String> run(Path path) {
    Problems problems = new Problems();
    Optional<UnitTestFile> parsed = UnitTestFile.parse(path.toString(), text(path), problems);
    problems.throwIfAny();
    if (parsed.isEmpty()) {
      return List.of();
    }
    UnitTestFile file = parsed.get();
    RuleSet rules = RuleFiles.load(ruleFiles(path, file.ruleFiles()));
    List<RuleGroup> groups = ordered(rules.groups(), file.groupOrder());
    List<String> failures = new ArrayList<>();
    for (UnitTest test : file.tests()) {
      String name = test.name().isEmpty() ? "" : "name: %s, ".formatted(test.name());
      for (String failure : new UnitTestRun(test, file, rules, groups).run()) {
        failures.add(name + failure);
      }
    }
    return failures;
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new InvalidConfigurationException(
          List.of(Problem.of(path.toString(), "cannot be read: " + e.getMessage())));
    }
  }

  private static List<Path> ruleFiles(Path test, List<String> patterns) {
    List<Path> files = new ArrayList<>();
    for (String pattern : patterns) {
      Path path = test.toAbsolutePath().resolveSibling(pattern).normalize();
      boolean isPattern = pattern.contains("*") || pattern.contains("?");
      files.addAll(isPattern ? matching(path) : List.of(path));
    }
    return files;
  }

  private static List<Path> matching(Path pattern) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            pattern.resolveSibling("."), String.valueOf(pattern.getFileName()))) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new InvalidConfigurationException(
          List.of(Problem.of(pattern.toString(), "cannot be listed: " + e.getMessage())));
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private static List<RuleGroup> ordered(List<RuleGroup> groups, List<String> order) {
    List<RuleGroup> result = new ArrayList<>(groups);
    result.sort(
        Comparator.comparingInt(group -> {
          int place = order.indexOf(group.name());
          return place < 0 ? order.size() : place;
        }));
    return result;
  }
}
