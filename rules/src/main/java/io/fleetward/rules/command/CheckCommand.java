package io.fleetward.rules.command;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.placement.Placements;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `fleetward rules check [--explain | --json] FILE…`: checks rule files as promtool does.
///
/// @param lintFatal whether rules that come twice are worth exit status 3
/// @param style what is printed
public record CheckCommand(List<Path> files, boolean lintFatal, Style style) {
  /// What a check prints.
  public enum Style {
    VERDICT,
    /// also each rule's class, selectors and retention
    EXPLAIN,
    /// one JSON document instead
    JSON
  }

  public CheckCommand {
    files = List.copyOf(files);
  }

  /// What came of one file.
  private record Verdict(
      Path file, List<Explanation> rules, List<String> twice, List<Problem> problems) {}

  /// @return 0 if all files are good, 1 if one is not, 3 if rules come twice and `lintFatal` is set
  public int run(PrintStream out, PrintStream errors) {
    List<Verdict> verdicts = files.stream().map(CheckCommand::check).toList();
    if (style == Style.JSON) {
      out.println(
          verdicts.stream().map(CheckCommand::json).collect(Collectors.joining(",\n", "[", "]")));
    } else {
      verdicts.forEach(verdict -> print(verdict, out, errors));
    }
    if (verdicts.stream().anyMatch(verdict -> !verdict.problems().isEmpty())) {
      return 1;
    }
    boolean repeats = verdicts.stream().anyMatch(verdict -> !verdict.twice().isEmpty());
    return repeats && lintFatal ? 3 : 0;
  }

  private static Verdict check(Path file) {
    try {
      RuleSet rules = RuleFiles.load(List.of(file));
      return new Verdict(file, Explanation.of(rules), repeated(rules), Placements.problems(rules));
    } catch (InvalidConfigurationException e) {
      return new Verdict(file, List.of(), List.of(), e.problems());
    }
  }

  private void print(Verdict verdict, PrintStream out, PrintStream errors) {
    out.println("Checking " + verdict.file());
    if (!verdict.problems().isEmpty()) {
      errors.println("  FAILED:");
      verdict.problems().forEach(problem -> errors.println("  " + problem));
    } else {
      if (!verdict.twice().isEmpty()) {
        errors.println("  %d duplicate rule(s) found.".formatted(verdict.twice().size()));
        verdict.twice().forEach(one -> errors.println("  " + one));
        errors.println("  Might cause inconsistency while recording expressions");
      }
      out.println("  SUCCESS: %d rules found".formatted(verdict.rules().size()));
    }
    if (style == Style.EXPLAIN) {
      verdict.rules().forEach(rule -> out.println(rule.text()));
    }
    out.println();
  }

  private static String json(Verdict verdict) {
    return "{\"file\":%s,\"problems\":[%s],\"duplicates\":[%s],\"rules\":[%s]}"
        .formatted(
            Json.text(verdict.file().toString()),
            verdict.problems().stream()
                .map(problem -> Json.text(problem.toString()))
                .collect(Collectors.joining(",")),
            verdict.twice().stream().map(Json::text).collect(Collectors.joining(",")),
            verdict.rules().stream().map(Explanation::json).collect(Collectors.joining(",")));
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
              case Rule.Alerting alerting -> new TreeMap<>(alerting.labels()).toString();
            };
        if (!seen.add(rule.name() + labels)) {
          twice.add("%s, labels %s".formatted(rule.name(), labels));
        }
      }
    }
    return twice;
  }
}
