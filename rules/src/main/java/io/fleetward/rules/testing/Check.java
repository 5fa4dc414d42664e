package io.fleetward.rules.testing;

import com.google.re2j.Pattern;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.evaluation.QueryResult;
import io.fleetward.rules.evaluation.QueryResult.Point;
import io.fleetward.rules.evaluation.QueryResult.Sample;
import io.fleetward.rules.evaluation.QueryResult.SeriesOfPoints;
import io.fleetward.rules.language.Numbers;
import io.fleetward.rules.testing.ScriptCommand.Annotation;
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

/// Compares what a query gave with what its test expects. Every method gives what is wrong; empty
/// if nothing is.
final class Check {
  private static final double TOLERANCE = 1e-6;

  private final Eval eval;
  private final Expectation expectation;

  Check(Eval eval) {
    this.eval = eval;
    this.expectation = eval.expectation();
  }

  /// Compares an error.
  Optional<String> failure(String message) {
    if (!expectation.fails()) {
      return Optional.of("fails with: " + message);
    }
    for (Annotation annotation : expectation.annotations()) {
      if (annotation.kind().equals("fail") && !matches(annotation, message)) {
        return Optional.of(
            "fails with \"%s\", not with \"%s\"".formatted(message, annotation.text()));
      }
    }
    return Optional.empty();
  }

  private static boolean matches(Annotation annotation, String message) {
    return switch (annotation.match()) {
      case "msg" -> message.equals(annotation.text());
      case "regex" -> Pattern.compile(annotation.text()).matcher(message).find();
      default -> true;
    };
  }

  /// Compares a result and its annotations.
  Optional<String> result(QueryResult result) {
    if (expectation.fails()) {
      return Optional.of("succeeds, though it is to fail");
    }
    Optional<String> annotations = annotations(result.annotations());
    if (annotations.isPresent()) {
      return annotations;
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

  private Optional<String> annotations(Set<String> given) {
    for (Annotation annotation : expectation.annotations()) {
      boolean wanted = !annotation.kind().startsWith("no_");
      String kind = wanted ? annotation.kind() : annotation.kind().substring(3);
      if (!kind.equals("warn") && !kind.equals("info")) {
        continue;
      }
      String prefix = kind.equals("warn") ? "PromQL warning: " : "PromQL info: ";
      boolean isThere =
          given.stream().anyMatch(text -> text.startsWith(prefix) && matches(annotation, text));
      if (isThere != wanted) {
        return Optional.of(
            wanted
                ? "lacks %s %s, has %s".formatted(kind, annotation.text(), given)
                : "has " + given);
      }
    }
    return Optional.empty();
  }

  private Optional<String> scalar(double number) {
    if (expectation.lines().size() != 1) {
      return Optional.of("gives the number " + number);
    }
    OptionalDouble expected = Numbers.parse(expectation.lines().getFirst());
    boolean isRight =
        expected.isPresent() && AlmostEqual.test(expected.getAsDouble(), number, TOLERANCE);
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
    Map<Labels, Double> expected = new HashMap<>();
    List<SeriesLine> lines = expectedSeries();
    for (int i = 0; i < lines.size(); i++) {
      SeriesLine line = lines.get(i);
      if (!(line.values().size() == 1
          && line.values().getFirst() instanceof SeriesLine.Value.Point(double value))) {
        return Optional.of("expects no single number for " + line.labels());
      }
      expected.put(line.labels(), value);
      boolean isInPlace = i < samples.size() && samples.get(i).labels().equals(line.labels());
      if (expectation.ordered() && !isInPlace) {
        return Optional.of("gives another order: " + samples);
      }
    }
    for (Sample sample : samples) {
      Double value = expected.remove(sample.labels());
      if (value == null) {
        return Optional.of("unexpected %s %s".formatted(sample.labels(), sample.value()));
      }
      if (!AlmostEqual.test(value, sample.value(), TOLERANCE)) {
        return Optional.of(
            "%s is %s, expected %s".formatted(sample.labels(), sample.value(), value));
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
    Map<Long, Double> expected = new HashMap<>();
    for (int i = 0; i < line.values().size(); i++) {
      if (line.values().get(i) instanceof SeriesLine.Value.Point(double value)) {
        expected.put(start + i * step, value);
      }
    }
    for (Point point : given.points()) {
      Double value = expected.remove(point.timeMillis());
      if (value == null || !AlmostEqual.test(value, point.value(), TOLERANCE)) {
        return Optional.of(
            "%s at %d ms is %s, expected %s"
                .formatted(given.labels(), point.timeMillis(), point.value(), value));
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
            .forEach(point -> samples.add(new Sample(one.labels(), point.value())));
      }
    }
    if (instant.value() instanceof QueryResult.Scalar) {
      return samples.isEmpty() ? Optional.of("gives nothing") : scalar(samples.getFirst().value());
    }
    return vector(samples);
  }
}
