package io.fleetward.rules.command;

import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.evaluation.QueryResult;
import io.fleetward.rules.template.GoNumbers;
import io.fleetward.rules.testing.InvalidTestException;
import io.fleetward.rules.testing.SeriesFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// `fleetward rules eval --series FILE [--at 5m] 'EXPR'`: tries an expression on written series.
///
/// @param at time since the epoch; null for the time of the newest sample
public record EvalCommand(Path series, @Nullable Duration at, String expression) {

  /// @return 0 if it was evaluated, 1 if it cannot be, 2 if the file cannot be read
  public int run(PrintStream out, PrintStream errors) {
    SeriesFile file;
    try {
      file = SeriesFile.parse(series.toString(), Files.readString(series));
    } catch (IOException | InvalidTestException e) {
      errors.println("%s: cannot be read: %s".formatted(series, e.getMessage()));
      return 2;
    }
    try {
      QueryResult result =
          file.evaluate(expression, at == null ? file.lastMillis() : at.toMillis());
      print(result, out);
      result.annotations().forEach(errors::println);
      return 0;
    } catch (EvaluationException e) {
      errors.println(e.reason());
      return 1;
    }
  }

  private static void print(QueryResult result, PrintStream out) {
    switch (result.value()) {
      case QueryResult.Scalar(double number) -> out.println(GoNumbers.shortest(number));
      case QueryResult.Text(String text) -> out.println(text);
      case QueryResult.Vector vector ->
          vector.samples().forEach(one -> out.println(one.labels() + " " + one.content()));
      case QueryResult.Matrix matrix ->
          matrix
              .series()
              .forEach(one -> {
                out.println(one.labels());
                one.points()
                    .forEach(point ->
                        out.println(
                            "  %s s  %s"
                                .formatted(
                                    GoNumbers.plain(point.timeMillis() / 1000.0),
                                    point.content())));
              });
    }
  }
}
