package io.fleetward.rules.testing;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.engine.RoundResult;
import io.fleetward.rules.engine.RuleFailure;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.evaluation.EvaluationSettings;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.evaluation.QueryResult;
import io.fleetward.rules.evaluation.QueryResult.Sample;
import io.fleetward.rules.evaluation.SampleValue;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.language.Dialect;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Parsed;
import io.fleetward.rules.language.PromQl;
import io.fleetward.rules.language.SyntaxProblem;
import io.fleetward.rules.testing.UnitTest.AlertTest;
import io.fleetward.rules.testing.UnitTest.ExpectedAlert;
import io.fleetward.rules.testing.UnitTest.ExpectedSample;
import io.fleetward.rules.testing.UnitTest.ExpressionTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs one unit test as promtool does: series are appended and all groups evaluated at each
/// evaluation interval; alerts are looked at on the way, expressions at the end. Used once.
final class UnitTestRun {
  private final UnitTest test;
  private final UnitTestFile file;
  private final List<RuleGroup> groups;
  private final HostRules host;
  private final List<String> failures = new ArrayList<>();

  /// How many values of each series were appended.
  private final int[] appended;

  /// @param groups in the order of their evaluation
  UnitTestRun(UnitTest test, UnitTestFile file, RuleSet rules, List<RuleGroup> groups) {
    this.test = test;
    this.file = file;
    this.groups = groups;
    this.appended = new int[test.series().size()];
    EvaluationSettings settings =
        EvaluationSettings.standard()
            .withNameRemoval(NameRemoval.AT_THE_END)
            .withDefaultStep(file.evaluationInterval().toMillis());
    RulePlan plan =
        RulePlan.of(rules, settings, test.externalLabels(), test.externalUrl()).forAllSeries();
    this.host = new HostRules(plan, "");
  }

  /// Runs the test.
  ///
  /// @return what failed, in words
  List<String> run() {
    long interval = file.evaluationInterval().toMillis();
    List<AlertTest> alertTests =
        test.alertTests().stream().sorted(Comparator.comparingLong(AlertTest::atMillis)).toList();
    int next = 0;
    for (long after = 0; after <= test.lastMillis(); after += interval) {
      append(after);
      evaluate(after);
      if (!failures.isEmpty() && failures.getLast().startsWith("rule ")) {
        return failures;
      }
      while (next < alertTests.size() && alertTests.get(next).atMillis() < after + interval) {
        check(alertTests.get(next++));
      }
    }
    test.expressionTests().forEach(this::check);
    return failures;
  }

  private void append(long afterMillis) {
    for (int i = 0; i < appended.length; i++) {
      SeriesLine line = test.series().get(i);
      while (appended[i] < line.values().size()
          && appended[i] * test.intervalMillis() <= afterMillis) {
        long time = test.startMillis() + appended[i] * test.intervalMillis();
        switch (line.values().get(appended[i])) {
          case SeriesLine.Value.Gap() -> {}
          case SeriesLine.Value.Point(double value) ->
              host.append(host.slot(line.labels()), time, value);
          case SeriesLine.Value.Histogram(var histogram, _) ->
              host.append(host.slot(line.labels()), time, histogram);
        }
        appended[i]++;
      }
    }
  }

  private void evaluate(long afterMillis) {
    for (RuleGroup group : groups) {
      RoundResult result = host.evaluate(group, test.startMillis() + afterMillis);
      for (RuleFailure failure : result.failures()) {
        failures.add(
            "rule %s, time %d s: %s"
                .formatted(failure.rule().name(), afterMillis / 1000, failure.reason()));
      }
    }
  }

  private void check(AlertTest alertTest) {
    List<Map<String, String>> given = new ArrayList<>();
    for (AlertInstance alert : host.alerts()) {
      if (alert.rule().equals(alertTest.alert()) && alert.state() == AlertInstance.State.FIRING) {
        given.add(flat(alert.labels(), alert.annotations()));
      }
    }
    List<Map<String, String>> expected = new ArrayList<>();
    for (ExpectedAlert alert : alertTest.expected()) {
      Map<String, String> labels = new TreeMap<>(alert.labels());
      labels.put(Labels.ALERT_NAME, alertTest.alert());
      labels.values().removeIf(String::isEmpty);
      expected.add(flat(labels, alert.annotations()));
    }
    given.sort(Comparator.comparing(Map::toString));
    expected.sort(Comparator.comparing(Map::toString));
    if (!given.equals(expected)) {
      failures.add(
          "alertname: %s, time: %d s, exp: %s, got: %s"
              .formatted(alertTest.alert(), alertTest.atMillis() / 1000, expected, given));
    }
  }

  private static Map<String, String> flat(
      Map<String, String> labels, Map<String, String> annotations) {
    Map<String, String> flat = new TreeMap<>();
    labels.forEach((name, value) -> flat.put("label " + name, value));
    annotations.forEach((name, value) -> flat.put("annotation " + name, value));
    return flat;
  }

  private void check(ExpressionTest expressionTest) {
    String text = expressionTest.expression();
    String where = "expr: \"%s\", time: %d s".formatted(text, expressionTest.atMillis() / 1000);
    switch (PromQl.parse(text, Dialect.EXPERIMENTAL)) {
      case Parsed.Invalid(List<SyntaxProblem> problems) ->
          failures.add("%s, err: %s".formatted(where, problems.getFirst()));
      case Parsed.Valid(Expression expression) -> check(expressionTest, expression, where);
    }
  }

  private void check(ExpressionTest expressionTest, Expression expression, String where) {
    long time = test.startMillis() + expressionTest.atMillis();
    List<Sample> given;
    try {
      given = samples(host.query(expressionTest.expression(), expression, time));
    } catch (EvaluationException e) {
      failures.add("%s, err: %s".formatted(where, e.reason()));
      return;
    }
    List<ExpectedSample> expected = new ArrayList<>(expressionTest.expected());
    expected.sort(Comparator.comparing(ExpectedSample::labels));
    boolean isSame = expected.size() == given.size();
    for (int i = 0; isSame && i < given.size(); i++) {
      isSame =
          expected.get(i).labels().equals(given.get(i).labels())
              && equal(expected.get(i).value(), given.get(i).content());
    }
    if (!isSame) {
      failures.add("%s, exp: %s, got: %s".formatted(where, expected, given));
    }
  }

  private boolean equal(SampleValue expected, SampleValue given) {
    if (expected instanceof SampleValue.Histogram(var one)
        && given instanceof SampleValue.Histogram(var other)) {
      return HistogramText.of(one).equals(HistogramText.of(other));
    }
    return expected instanceof SampleValue.Plain(double one)
        && given instanceof SampleValue.Plain(double other)
        && equal(one, other);
  }

  private boolean equal(double expected, double given) {
    boolean isNeighbour =
        file.fuzzy() && (Math.nextUp(expected) == given || Math.nextDown(expected) == given);
    return isNeighbour || expected == given || (Double.isNaN(expected) && Double.isNaN(given));
  }

  private static List<Sample> samples(QueryResult result) {
    return switch (result.value()) {
      case QueryResult.Vector(List<Sample> samples, _) ->
          samples.stream().sorted(Comparator.comparing(Sample::labels)).toList();
      case QueryResult.Scalar(double number) ->
          List.of(new Sample(Labels.EMPTY, new SampleValue.Plain(number)));
      case QueryResult.Text _, QueryResult.Matrix _ ->
          throw new EvaluationException("rule result is not a vector or scalar");
    };
  }
}
