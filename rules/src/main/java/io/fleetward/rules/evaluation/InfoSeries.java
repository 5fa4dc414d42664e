package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.Expression.Subquery;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.series.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The series that `info` takes labels from: of each metric at most one is there for a job on an
/// instance. Confined to one thread, used again for each time.
final class InfoSeries {
  /// What tells whether a series is about the same thing.
  private static final List<String> IDENTIFYING = List.of("instance", "job");

  private final int input;
  private final Shape shape;
  private final List<Shift> shifts;
  private final long lookBackMillis;

  /// The series that are there, by what they are about and their metric.
  private final Map<Labels, TreeMap<String, Integer>> present = new HashMap<>();

  /// @param input the position of the selector among those of the expression
  /// @param shifts those of the expression to enrich, the outermost first
  InfoSeries(int input, Shape shape, List<Shift> shifts, long lookBackMillis) {
    this.input = input;
    this.shape = shape;
    this.shifts = List.copyOf(shifts);
    this.lookBackMillis = lookBackMillis;
  }

  /// The shifts on the way to the first selector of an expression.
  static List<Shift> shifts(Expression expression) {
    List<Shift> shifts = new ArrayList<>();
    collect(expression, shifts);
    return shifts;
  }

  private static boolean collect(Expression expression, List<Shift> shifts) {
    if (expression instanceof VectorSelector selector) {
      shifts.add(selector.shift());
      return true;
    }
    if (expression instanceof Subquery subquery) {
      shifts.add(subquery.shift());
    }
    for (Expression child : expression.children()) {
      if (collect(child, shifts)) {
        return true;
      }
    }
    if (expression instanceof Subquery) {
      shifts.removeLast();
    }
    return false;
  }

  /// What a series is about.
  static Labels identity(Labels labels) {
    return labels.keep(IDENTIFYING);
  }

  /// Finds the series that are there.
  ///
  /// @param wanted what the series to enrich are about
  /// @throws EvaluationException if two could be meant, or one is a histogram
  void look(Set<Labels> wanted, Tick tick) {
    present.clear();
    long until = tick.timeMillis();
    for (Shift shift : shifts) {
      until = tick.shifted(shift, until);
    }
    Selection series = tick.input(input);
    Map<String, Set<String>> values = values(wanted);
    tick.read(shape.size());
    for (int row = 0; row < shape.size() && !values.isEmpty(); row++) {
      double value = series.at(row).newest(until - lookBackMillis, until);
      boolean isAbout = values.entrySet().stream().allMatch(isOneOf(shape.labels(row)));
      if (!StaleMarker.is(value) && isAbout) {
        add(row, value, series, until);
      }
    }
  }

  private static Predicate<Map.Entry<String, Set<String>>> isOneOf(Labels labels) {
    return values -> values.getValue().contains(labels.value(values.getKey()));
  }

  /// The values of each identifying label that has any.
  private static Map<String, Set<String>> values(Set<Labels> wanted) {
    Map<String, Set<String>> values = new HashMap<>();
    for (Labels identity : wanted) {
      for (String name : IDENTIFYING) {
        if (!identity.value(name).isEmpty()) {
          values.computeIfAbsent(name, _ -> new HashSet<>()).add(identity.value(name));
        }
      }
    }
    return values;
  }

  private void add(int row, double value, Selection series, long until) {
    if (HistogramTable.isHandle(value)) {
      throw new EvaluationException("info sample should be float");
    }
    Labels labels = shape.labels(row);
    Map<String, Integer> ofIdentity =
        present.computeIfAbsent(identity(labels), _ -> new TreeMap<>());
    Integer other = ofIdentity.putIfAbsent(labels.metricName(), row);
    if (other == null) {
      return;
    }
    long time = series.at(row).newestTime(until - lookBackMillis, until);
    long timeOfOther = series.at(other).newestTime(until - lookBackMillis, until);
    if (time == timeOfOther) {
      throw new EvaluationException(
          "found duplicate series for info metric: existing %s @ %d, new %s @ %d"
              .formatted(
                  LabelText.of(shape.labels(other)), timeOfOther, LabelText.of(labels), time));
    }
    if (time > timeOfOther) {
      ofIdentity.put(labels.metricName(), row);
    }
  }

  /// The labels of the series that are about something, one of each metric.
  List<Labels> about(Labels identity) {
    return present.getOrDefault(identity, new TreeMap<>()).values().stream()
        .map(shape::labels)
        .toList();
  }
}
