package io.fleetward.rules.testing;

import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.evaluation.EvaluationSettings;
import io.fleetward.rules.evaluation.Query;
import io.fleetward.rules.evaluation.QueryResult;
import io.fleetward.rules.language.Dialect;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Parsed;
import io.fleetward.rules.language.PromQl;
import io.fleetward.rules.language.SyntaxProblem;
import io.fleetward.rules.series.Retention;
import io.fleetward.rules.series.SeriesStore;
import java.util.List;

/// Series written in the notation of Prometheus' test scripts, to try expressions on: `load`
/// commands, or bare lines of one series each, a minute apart. Confined to one thread.
public final class SeriesFile {
  private final SeriesStore store = new SeriesStore(Retention.everything());
  private long lastMillis;

  private SeriesFile() {}

  /// @param file what errors call it
  /// @throws InvalidTestException if the text is no such notation
  public static SeriesFile parse(String file, String text) {
    boolean hasCommands = text.lines().anyMatch(line -> line.strip().startsWith("load"));
    String script = hasCommands ? text : "load 1m\n" + text.replaceAll("(?m)^\\s*(#.*)?\\R", "");
    SeriesFile series = new SeriesFile();
    for (ScriptCommand command : new ScriptParser(file, script).parse()) {
      if (command instanceof ScriptCommand.Load load) {
        series.load(load);
      }
    }
    return series;
  }

  private void load(ScriptCommand.Load load) {
    Loading.run(load, store);
    for (SeriesLine line : load.series()) {
      int last = line.values().size() - 1;
      while (last >= 0 && line.values().get(last) instanceof SeriesLine.Value.Gap) {
        last--;
      }
      lastMillis = Math.max(lastMillis, last * load.stepMillis());
    }
  }

  /// The time of the newest sample, in milliseconds since the epoch.
  public long lastMillis() {
    return lastMillis;
  }

  /// Evaluates an expression at a time.
  ///
  /// @throws EvaluationException if it cannot be parsed or evaluated; the message says where and
  ///   why
  public QueryResult evaluate(String text, long timeMillis) {
    return switch (PromQl.parse(text, Dialect.EXPERIMENTAL)) {
      case Parsed.Valid(Expression expression) ->
          new Query(text, expression, store, EvaluationSettings.standard()).instant(timeMillis);
      case Parsed.Invalid(List<SyntaxProblem> problems) ->
          throw new EvaluationException(
              problems.getFirst() + "\n" + problems.getFirst().caret(text));
    };
  }
}
