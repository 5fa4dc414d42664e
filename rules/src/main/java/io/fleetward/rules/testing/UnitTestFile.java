package io.fleetward.rules.testing;

import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlFile;
import io.fleetward.protocol.configuration.YamlNode;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.evaluation.SampleValue;
import io.fleetward.rules.language.Numbers;
import io.fleetward.rules.testing.UnitTest.AlertTest;
import io.fleetward.rules.testing.UnitTest.ExpectedAlert;
import io.fleetward.rules.testing.UnitTest.ExpectedSample;
import io.fleetward.rules.testing.UnitTest.ExpressionTest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A unit-test file in promtool's format.
///
/// @param ruleFiles patterns of paths, relative to the file
/// @param fuzzy whether neighbouring doubles count as equal
record UnitTestFile(
    List<String> ruleFiles,
    Duration evaluationInterval,
    List<String> groupOrder,
    boolean fuzzy,
    List<UnitTest> tests) {

  /// Reads a file; what is wrong goes to `problems`.
  static Optional<UnitTestFile> parse(String file, String text, Problems problems) {
    return YamlFile.parse(file, text, problems)
        .map(root -> new Reader(problems).file(MappingReader.of(root, problems)));
  }

  /// Reads the parts of a file.
  private record Reader(Problems problems) {
    private static final long MAX_ROUNDS = 1_000_000;

    UnitTestFile file(MappingReader reader) {
      Duration interval = reader.duration("evaluation_interval").orElse(Duration.ofMinutes(1));
      if (interval.toMillis() <= 0) {
        problems.at(reader.mapping(), "\"evaluation_interval\" must be longer than nothing");
      }
      List<String> files = reader.textList("rule_files");
      List<String> order = reader.textList("group_eval_order");
      boolean fuzzy = reader.text("fuzzy_compare").orElse("false").equals("true");
      List<UnitTest> tests = new ArrayList<>();
      for (YamlNode node : reader.items("tests")) {
        tests.add(test(MappingReader.of(node, problems), interval));
      }
      reader.rejectUnknownKeys();
      return new UnitTestFile(files, interval, order, fuzzy, tests);
    }

    private UnitTest test(MappingReader reader, Duration evaluationInterval) {
      Duration interval = reader.duration("interval").orElse(evaluationInterval);
      List<SeriesLine> series = new ArrayList<>();
      for (YamlNode node : reader.items("input_series")) {
        series(MappingReader.of(node, problems), count(series)).ifPresent(series::add);
      }
      List<AlertTest> alerts = new ArrayList<>();
      for (YamlNode node : reader.items("alert_rule_test")) {
        alerts.add(alertTest(MappingReader.of(node, problems)));
      }
      List<ExpressionTest> expressions = new ArrayList<>();
      for (YamlNode node : reader.items("promql_expr_test")) {
        expressions.add(expressionTest(MappingReader.of(node, problems)));
      }
      UnitTest test =
          new UnitTest(
              reader.text("name").orElse(""),
              interval.toMillis(),
              start(reader),
              series,
              alerts,
              expressions,
              Labels.from(reader.texts("external_labels")),
              reader.text("external_url").orElse(""));
      if (test.lastMillis() / Math.max(1, evaluationInterval.toMillis()) > MAX_ROUNDS) {
        problems.at(
            reader.mapping(),
            "more than %d evaluations; write a longer evaluation_interval".formatted(MAX_ROUNDS));
      }
      reader.rejectUnknownKeys();
      return test;
    }

    private long start(MappingReader reader) {
      Optional<String> text = reader.text("start_timestamp");
      if (text.isEmpty()) {
        return 0;
      }
      try {
        return Instant.parse(text.get()).toEpochMilli();
      } catch (DateTimeParseException _) {
        return Math.round(1000 * number(reader, "start_timestamp", text.get()));
      }
    }

    private double number(MappingReader reader, String key, String text) {
      return Numbers.parse(text.strip())
          .orElseGet(() -> {
            problems.at(reader.mapping(), "\"%s\" is no number: \"%s\"".formatted(key, text));
            return 0;
          });
    }

    private static int count(List<SeriesLine> series) {
      return series.stream().mapToInt(line -> line.values().size()).sum();
    }

    /// @param others how many values there are already
    private Optional<SeriesLine> series(MappingReader reader, int others) {
      String labels = reader.requiredText("series");
      String values = reader.requiredText("values");
      reader.rejectUnknownKeys();
      try {
        SeriesLine line = new SeriesLine(SeriesLine.labels(labels), SeriesLine.values(values));
        line.countedWith(others);
        return Optional.of(line);
      } catch (InvalidTestException e) {
        problems.at(reader.mapping(), "series \"%s\": %s".formatted(labels, e.reason()));
        return Optional.empty();
      }
    }

    private AlertTest alertTest(MappingReader reader) {
      long at = reader.duration("eval_time").orElse(Duration.ZERO).toMillis();
      String alert = reader.requiredText("alertname");
      reader.text("groupname");
      List<ExpectedAlert> expected = new ArrayList<>();
      for (YamlNode node : reader.items("exp_alerts")) {
        MappingReader alertReader = MappingReader.of(node, problems);
        expected.add(
            new ExpectedAlert(
                alertReader.texts("exp_labels"), alertReader.texts("exp_annotations")));
        alertReader.rejectUnknownKeys();
      }
      reader.rejectUnknownKeys();
      return new AlertTest(at, alert, expected);
    }

    private ExpressionTest expressionTest(MappingReader reader) {
      String expression = reader.requiredText("expr");
      long at = reader.duration("eval_time").orElse(Duration.ZERO).toMillis();
      List<ExpectedSample> expected = new ArrayList<>();
      for (YamlNode node : reader.items("exp_samples")) {
        expected.add(sample(MappingReader.of(node, problems)));
      }
      reader.rejectUnknownKeys();
      return new ExpressionTest(expression, at, expected);
    }

    private ExpectedSample sample(MappingReader reader) {
      String text = reader.text("labels").orElse("{}");
      double value =
          reader.text("value").map(number -> number(reader, "value", number)).orElse(0.0);
      Optional<String> histogram = reader.text("histogram");
      reader.rejectUnknownKeys();
      SampleValue content =
          histogram.isPresent() ? histogram(reader, histogram.get()) : new SampleValue.Plain(value);
      try {
        return new ExpectedSample(SeriesLine.labels(text), content);
      } catch (InvalidTestException e) {
        problems.at(reader.mapping(), "labels \"%s\": %s".formatted(text, e.reason()));
        return new ExpectedSample(Labels.EMPTY, content);
      }
    }

    private SampleValue histogram(MappingReader reader, String text) {
      try {
        List<SeriesLine.Value> values = SeriesLine.values(text);
        if (values.size() == 1
            && values.getFirst() instanceof SeriesLine.Value.Histogram(var histogram, _)) {
          return new SampleValue.Histogram(histogram);
        }
        problems.at(reader.mapping(), "\"histogram\" is no single histogram: " + text);
      } catch (InvalidTestException e) {
        problems.at(reader.mapping(), "histogram: " + e.reason());
      }
      return new SampleValue.Plain(0);
    }
  }
}
