package io.fleetward.rules.command;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `fleetward rules check FILE…`: checks rule files as promtool does.
///
/// @param lintFatal whether rules that come twice are worth exit status 3
public record CheckCommand(List<Path> files, boolean lintFatal) {
  public CheckCommand {
    files = List.copyOf(files);
  }

  /// @return 0 if all files are good, 1 if one is not, 3 if rules come twice and `lintFatal` is set
  public int run(PrintStream out, PrintStream errors) {
    boolean failed = false;
    boolean repeats = false;
    for (Path file : files) {
      out.println("Checking " + file);
      try {
        RuleSet rules = RuleFiles.load(List.of(file));
        List<String> twice = repeated(rules);
        repeats |= !twice.isEmpty();
        if (!twice.isEmpty()) {
          errors.println("  %d duplicate rule(s) found.".formatted(twice.size()));
          twice.forEach(one -> errors.println("  " + one));
          errors.println("  Might cause inconsistency while recording expressions");
        }
        long count = rules.groups().stream().mapToLong(group -> group.rules().size()).sum();
        out.println("  SUCCESS: %d rules found".formatted(count));
      } catch (InvalidConfigurationException e) {
        failed = true;
        errors.println("  FAILED:");
        for (Problem problem : e.problems()) {
          errors.println("  " + problem);
        }
      }
      out.println();
    }
    if (failed) {
      return 1;
    }
    return repeats && lintFatal ? 3 : 0;
  }

  /// Rules of the same name and the same labels.
  private static List<String> repeated(RuleSet rules) {
    Set<String> seen = new HashSet<>();
    List<String> twice = new ArrayList<>();
    for (RuleGroup group : rules.groups()) {
      for (Rule rule : group.rules()) {
        String labels =
            switch (rule) {
              case Rule.Recording recording -> recording.labels().toMap().toString();
              case Rule.Alerting alerting -> new java.util.TreeMap<>(alerting.labels()).toString();
            };
        if (!seen.add(rule.name() + labels)) {
          twice.add("%s, labels %s".formatted(rule.name(), labels));
        }
      }
    }
    return twice;
  }
}
