package io.fleetward.rules.testing;

import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.evaluation.EvaluationSettings;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.evaluation.Query;
import io.fleetward.rules.evaluation.QueryResult;
import io.fleetward.rules.language.Dialect;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Parsed;
import io.fleetward.rules.language.PromQl;
import io.fleetward.rules.language.SyntaxProblem;
import io.fleetward.rules.series.Retention;
import io.fleetward.rules.series.SeriesStore;
import io.fleetward.rules.testing.ScriptCommand.Eval;
import io.fleetward.rules.testing.ScriptReport.Line;
import io.fleetward.rules.testing.ScriptReport.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs one of Prometheus' test scripts as upstream runs it. Used once, by one thread.
///
/// Each instant query is run again with its selectors pinned by `@` at five other times, and each
/// time also as the middle step of a range query.
public final class ScriptRunner {
  private static final EvaluationSettings SETTINGS =
      EvaluationSettings.standard().withNameRemoval(NameRemoval.AT_THE_END);

  private SeriesStore store = new SeriesStore(Retention.everything());

  /// Runs a script.
  ///
  /// @throws InvalidTestException if it cannot be read
  public static ScriptReport run(String file, String text) {
    ScriptRunner runner = new ScriptRunner();
    List<Line> lines = new ArrayList<>();
    for (ScriptCommand command : new ScriptParser(file, text).parse()) {
      switch (command) {
        case ScriptCommand.Clear() -> runner.clear();
        case ScriptCommand.Load load -> Loading.run(load, runner.store);
        case Eval eval -> lines.add(runner.line(eval));
      }
    }
    return new ScriptReport(lines);
  }

  private void clear() {
    store = new SeriesStore(Retention.everything());
  }

  private Line line(Eval eval) {
    Optional<String> problem;
    try {
      problem = problem(eval);
    } catch (InvalidTestException e) {
      problem = Optional.of(e.reason());
    }
    return new Line(
        eval.place(), problem.isEmpty() ? Verdict.PASSED : Verdict.FAILED, problem.orElse(""));
  }

  private Optional<String> problem(Eval eval) {
    Parsed parsed = PromQl.parse(eval.expression(), Dialect.EXPERIMENTAL);
    return switch (parsed) {
      case Parsed.Invalid(List<SyntaxProblem> problems) ->
          new Check(eval).failure(problems.getFirst().message());
      case Parsed.Valid(Expression expression) ->
          eval.isInstant() ? instants(eval, expression) : range(eval, expression);
    };
  }

  private Query query(Eval eval, Expression expression) {
    return new Query(eval.expression(), expression, store, SETTINGS);
  }

  private Optional<String> range(Eval eval, Expression expression) {
    Check check = new Check(eval);
    try {
      QueryResult result =
          query(eval, expression).range(eval.startMillis(), eval.endMillis(), eval.stepMillis());
      return check.result(result);
    } catch (EvaluationException e) {
      return check.failure(e.reason());
    }
  }

  private Optional<String> instants(Eval eval, Expression expression) {
    long time = eval.startMillis();
    Optional<String> problem = instant(eval, expression, time);
    if (problem.isPresent() || Pinned.dependsOnTime(expression)) {
      return problem;
    }
    Expression pinned = Pinned.at(expression, time);
    long[] others =
        time == 0
            ? new long[] {-1000, 0, 1000}
            : new long[] {-10 * time, 0, time / 5, time, 10 * time};
    for (long other : others) {
      Optional<String> pinnedProblem =
          instant(eval, pinned, other)
              .map(text -> "pinned with @, evaluated at %d ms: %s".formatted(other, text));
      if (pinnedProblem.isPresent()) {
        return pinnedProblem;
      }
    }
    return Optional.empty();
  }

  private Optional<String> instant(Eval eval, Expression expression, long time) {
    Check check = new Check(eval);
    QueryResult result;
    try {
      result = query(eval, expression).instant(time);
    } catch (EvaluationException e) {
      return check.failure(e.reason());
    }
    Optional<String> problem = check.result(result);
    boolean hasRangeMode =
        result.value() instanceof QueryResult.Scalar
            || result.value() instanceof QueryResult.Vector;
    if (problem.isPresent()
        || eval.expectation().ordered()
        || !hasRangeMode
        || Pinned.dependsOnQuery(expression)) {
      return problem;
    }
    try {
      QueryResult range = query(eval, expression).range(time - 60_000, time + 60_000, 60_000);
      return check.middle(range, time, result).map(text -> "as a step of a range query: " + text);
    } catch (EvaluationException e) {
      return check.failure("as a range query: " + e.reason());
    }
  }
}
