package io.fleetward.acceptance;

import io.fleetward.protocol.labels.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Debian's promtool as the judge of expressions and their expected results.
final class Promtool {
  static final Path PROGRAM = Path.of("/usr/bin/promtool");

  private static final Pattern FAILURE =
      Pattern.compile("(?m)^ {4}expr: \"((?:[^\"\\\\]|\\\\.)*)\", time: ([0-9a-z.]+), ?(.*)$");
  private static final Pattern SAMPLE = Pattern.compile("(\\{[^}]*\\}) ([^ ,]+)(?:, |$)");

  private Promtool() {}

  /// An expression, the time it is asked for, and what our evaluator makes of it.
  ///
  /// @param expected by labels as promtool writes them
  record Case(String expression, int seconds, Map<String, Double> expected) {
    Case {
      expected = Map.copyOf(expected);
    }

    private String key() {
      return expression + " at " + seconds;
    }
  }

  /// What promtool says of a case that does not pass.
  sealed interface Objection {
    record Failed(String reason) implements Objection {}

    record Other(Map<String, Double> samples) implements Objection {
      public Other {
        samples = Map.copyOf(samples);
      }
    }
  }

  /// Labels as promtool writes them.
  static String text(Labels labels) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      pairs.add("%s=\"%s\"".formatted(labels.nameAt(i), labels.valueAt(i)));
    }
    return "{" + String.join(", ", pairs) + "}";
  }

  /// Runs cases on series.
  ///
  /// @return the objections by case; a case that passes has none
  static Map<Case, Objection> judge(List<RandomSeries.Line> series, List<Case> cases, Path folder)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("cases.yml"), file(series, cases));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "test", "rules", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.waitFor();
    Map<String, Objection> said = objections(Files.readString(output));
    Map<Case, Objection> objections = new HashMap<>();
    for (Case one : cases) {
      Objection objection = said.remove(one.key());
      if (objection != null) {
        objections.put(one, objection);
      }
    }
    if (!said.isEmpty() || (process.exitValue() == 0) != objections.isEmpty()) {
      throw new IOException("promtool says more than is understood: " + said + output);
    }
    return objections;
  }

  private static Map<String, Objection> objections(String output) {
    Map<String, Objection> objections = new HashMap<>();
    Matcher failure = FAILURE.matcher(output);
    while (failure.find()) {
      String key = unquoted(failure.group(1)) + " at " + seconds(failure.group(2));
      int from = output.indexOf("        got: ", failure.end());
      boolean failed = failure.group(3).startsWith("err:");
      objections.put(
          key,
          failed
              ? new Objection.Failed(failure.group(3))
              : new Objection.Other(samples(output.substring(from + 13).lines().findFirst())));
    }
    return objections;
  }

  private static Map<String, Double> samples(Optional<String> line) {
    Map<String, Double> samples = new TreeMap<>();
    Matcher sample = SAMPLE.matcher(line.orElse(""));
    while (sample.find()) {
      String number = sample.group(2).replace("Inf", "Infinity");
      samples.put(sample.group(1), Double.parseDouble(number));
    }
    return samples;
  }

  private static String unquoted(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }

  private static int seconds(String time) {
    Matcher parts = Pattern.compile("(?:(\\d+)m)?(?:(\\d+)s)?").matcher(time);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no time of promtool: " + time);
    }
    int minutes = parts.group(1) == null ? 0 : Integer.parseInt(parts.group(1));
    return 60 * minutes + (parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)));
  }

  private static String file(List<RandomSeries.Line> series, List<Case> cases) {
    StringBuilder text = new StringBuilder();
    text.append("rule_files: []\nevaluation_interval: 1m\ntests:\n");
    text.append("  - interval: %dms\n    input_series:\n".formatted(RandomSeries.GRID_MILLIS));
    for (RandomSeries.Line line : series) {
      text.append("      - series: '%s'\n".formatted(text(line.labels())));
      text.append("        values: '%s'\n".formatted(String.join(" ", line.values())));
    }
    text.append("    promql_expr_test:\n");
    for (Case one : cases) {
      text.append("      - expr: '%s'\n".formatted(one.expression()));
      text.append("        eval_time: %ds\n        exp_samples:\n".formatted(one.seconds()));
      one.expected()
          .forEach((labels, value) -> {
            text.append("          - labels: '%s'\n".formatted(labels));
            text.append("            value: %s\n".formatted(yaml(value)));
          });
    }
    return text.toString();
  }

  private static String yaml(double value) {
    if (Double.isNaN(value)) {
      return ".nan";
    }
    return Double.isInfinite(value) ? (value > 0 ? ".inf" : "-.inf") : Double.toString(value);
  }
}
