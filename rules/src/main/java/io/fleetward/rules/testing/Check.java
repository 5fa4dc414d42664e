package io.fleetward.rules.testing;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.evaluation.QueryResult;
import io.fleetward.rules.evaluation.QueryResult.Point;
import io.fleetward.rules.evaluation.QueryResult.Sample;
import io.fleetward.rules.evaluation.QueryResult.SeriesOfPoints;
import io.fleetward.rules.language.Numbers;
import io.fleetward.rules.testing.ScriptCommand.Eval;
import io.fleetward.rules.testing.ScriptCommand.Expectation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares what a query gave with what its test expects. Every method gives what is wrong; empty
/// if nothing is.
final class Check {
  private final Eval eval;
  private final Expectation expectation;
  private final AnnotationCheck annotations;

  Check(Eval eval) {
    this.eval = eval;
    this.expectation = eval.expectation();
    this.annotations = new AnnotationCheck(expectation.annotations());
  }

  /// Compares an error.
  Optional<String> failure(String message) {
    return expectation.fails()
        ? annotations.failure(message)
        : Optional.of("fails with: " + message);
  }

  /// Compares a result and its annotations.
  Optional<String> result(QueryResult result) {
    if (expectation.fails()) {
      return Optional.of("succeeds, though it is to fail");
    }
    Optional<String> problem = annotations.annotations(result.annotations());
    if (problem.isPresent()) {
      return problem;
    }
    return switch (result.value()) {
      case QueryResult.Scalar(double number) -> scalar(number);
      case QueryResult.Text(String text) ->
          expectation.string().isPresent() && !expectation.string().get().equals(text)
              ? Optional.of("gives the string \"%s\"".formatted(text))
              : Optional.empty();
      case QueryResult.Vector(List<Sample> samples, _) -> vector(samples);
      case QueryResult.Matrix(List<SeriesOfPoints> series) -> matrix(series);
    };
  }

  private Optional<String> scalar(double number) {
    if (expectation.lines().size() != 1) {
      return Optional.of("gives the number " + number);
    }
    OptionalDouble expected = Numbers.parse(expectation.lines().getFirst());
    boolean isRight = expected.isPresent() && SampleCheck.isSame(expected.getAsDouble(), number);
    return isRight ? Optional.empty() : Optional.of("gives the number " + number);
  }

  private List<SeriesLine> expectedSeries() {
    List<SeriesLine> series = new ArrayList<>();
    for (String line : expectation.lines()) {
      series.add(SeriesLine.parse(line));
    }
    return series;
  }

  private Optional<String> vector(List<Sample> samples) {
    if (expectation.lines().size() == 1
        && Numbers.parse(expectation.lines().getFirst()).isPresent()) {
      return Optional.of("gives a vector, not a number: " + samples);
    }
    Map<Labels, SeriesLine.Value> expected = new HashMap<>();
    List<SeriesLine> lines = expectedSeries();
    for (int i = 0; i < lines.size(); i++) {
      SeriesLine line = lines.get(i);
      if (line.values().size() != 1) {
        return Optional.of("expects no single value for " + line.labels());
      }
      expected.put(line.labels(), line.values().getFirst());
      boolean isInPlace = i < samples.size() && samples.get(i).labels().equals(line.labels());
      if (expectation.ordered() && !isInPlace) {
        return Optional.of("gives another order: " + samples);
      }
    }
    for (Sample sample : samples) {
      SeriesLine.Value value = expected.remove(sample.labels());
      String given = SampleCheck.text(sample.content());
      if (value == null) {
        return Optional.of("unexpected %s %s".formatted(sample.labels(), given));
      }
      if (!SampleCheck.isSame(value, sample.content())) {
        return Optional.of(
            "%s is %s, expected %s".formatted(sample.labels(), given, SampleCheck.text(value)));
      }
    }
    return expected.isEmpty() ? Optional.empty() : Optional.of("lacks " + expected.keySet());
  }

  private Optional<String> matrix(List<SeriesOfPoints> series) {
    long start = eval.startMillis();
    long step = eval.stepMillis();
    if (eval.isInstant()) {
      if (expectation.rangeVector().isEmpty()) {
        return Optional.of("gives a range vector");
      }
      start = expectation.rangeVector().get()[0];
      step = expectation.rangeVector().get()[1];
    }
    Map<Labels, SeriesLine> expected = new HashMap<>();
    expectedSeries().forEach(line -> expected.put(line.labels(), line));
    Set<Labels> seen = new HashSet<>();
    for (SeriesOfPoints one : series) {
      SeriesLine line = expected.get(one.labels());
      Optional<String> problem =
          line == null
              ? Optional.of("unexpected %s %s".formatted(one.labels(), one.points()))
              : points(one, line, start, step);
      if (problem.isPresent()) {
        return problem;
      }
      seen.add(one.labels());
    }
    for (SeriesLine line : expected.values()) {
      if (!seen.contains(line.labels())
          && line.values().stream().anyMatch(v -> !(v instanceof SeriesLine.Value.Gap))) {
        return Optional.of("lacks " + line.labels());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> points(
      SeriesOfPoints given, SeriesLine line, long start, long step) {
    Map<Long, SeriesLine.Value> expected = new HashMap<>();
    for (int i = 0; i < line.values().size(); i++) {
      if (!(line.values().get(i) instanceof SeriesLine.Value.Gap)) {
        expected.put(start + i * step, line.values().get(i));
      }
    }
    for (Point point : given.points()) {
      SeriesLine.@Nullable Value value = expected.remove(point.timeMillis());
      if (value == null || !SampleCheck.isSame(value, point.content())) {
        return Optional.of(
            "%s at %d ms is %s, expected %s"
                .formatted(
                    given.labels(),
                    point.timeMillis(),
                    SampleCheck.text(point.content()),
                    value == null ? "nothing" : SampleCheck.text(value)));
      }
    }
    return expected.isEmpty()
        ? Optional.empty()
        : Optional.of("%s lacks points at %s".formatted(given.labels(), expected.keySet()));
  }

  /// Compares one step of a range query.
  Optional<String> middle(QueryResult range, long time, QueryResult instant) {
    List<Sample> samples = new ArrayList<>();
    if (range.value() instanceof QueryResult.Matrix(List<SeriesOfPoints> series)) {
      for (SeriesOfPoints one : series) {
        one.points().stream()
            .filter(point -> point.timeMillis() == time)
            .forEach(point -> samples.add(new Sample(one.labels(), point.content())));
      }
    }
    if (instant.value() instanceof QueryResult.Scalar) {
      return samples.isEmpty() ? Optional.of("gives nothing") : scalar(samples.getFirst().value());
    }
    return vector(samples);
  }
}
