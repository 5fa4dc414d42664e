package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.evaluation.QueryResult.Point;
import io.fleetward.rules.evaluation.QueryResult.Sample;
import io.fleetward.rules.evaluation.QueryResult.SeriesOfPoints;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.series.SeriesStore;
import io.fleetward.rules.series.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// An expression to be evaluated once on a store. Confined to the store's thread.
///
/// @param text what the expression was parsed from
public record Query(
    String text, Expression expression, SeriesStore store, EvaluationSettings settings) {

  /// Evaluates at one time.
  ///
  /// @throws EvaluationException if it cannot be evaluated on the series that are there
  public QueryResult instant(long timeMillis) {
    Tick tick = new Tick(timeMillis, timeMillis, 0, settings.maxSamples(), true);
    LiveQuery live = new LiveQuery(new PreparedQuery(text, expression, settings), store, true);
    live.evaluate(tick, timeMillis);
    QueryResult.Value value =
        switch (live.root()) {
          case ScalarNode _ -> new QueryResult.Scalar(live.value(0));
          case Bound.Text(String string) -> new QueryResult.Text(string);
          case VectorNode _ -> vector(live);
          case RangeNode range -> matrix(range, tick);
        };
    return new QueryResult(value, tick.annotations());
  }

  private static QueryResult.Vector vector(LiveQuery live) {
    int[] order = live.order();
    List<Sample> samples = new ArrayList<>();
    IntStream rows = order == null ? IntStream.range(0, live.size()) : IntStream.of(order);
    rows.filter(live::has)
        .forEach(row -> samples.add(new Sample(live.labels(row), live.content(row))));
    return new QueryResult.Vector(samples, order != null);
  }

  private static QueryResult.Matrix matrix(RangeNode range, Tick tick) {
    range.prepare(tick);
    Map<Labels, List<Point>> points = new TreeMap<>();
    for (int row = 0; row < range.shape().size(); row++) {
      Window window = range.window(row, tick);
      List<Point> ofRow = new ArrayList<>();
      for (int i = 0; i < window.size(); i++) {
        ofRow.add(new Point(window.time(i), tick.content(window.value(i))));
      }
      if (!ofRow.isEmpty()) {
        points.put(range.shape().result().labels(row), ofRow);
      }
    }
    return matrix(points);
  }

  private static QueryResult.Matrix matrix(Map<Labels, List<Point>> points) {
    List<SeriesOfPoints> series = new ArrayList<>();
    points.forEach((labels, ofSeries) -> series.add(new SeriesOfPoints(labels, ofSeries)));
    return new QueryResult.Matrix(series);
  }

  /// Evaluates at each step from a start to an end, both included.
  ///
  /// @throws EvaluationException if it cannot be evaluated on the series that are there
  public QueryResult range(long startMillis, long endMillis, long stepMillis) {
    Tick tick = new Tick(startMillis, endMillis, stepMillis, settings.maxSamples(), true);
    LiveQuery live = new LiveQuery(new PreparedQuery(text, expression, settings), store, true);
    Map<Labels, List<Point>> points = new TreeMap<>();
    for (long at = startMillis; at <= endMillis; at += stepMillis) {
      live.evaluate(tick, at);
      for (int row = 0; row < live.size(); row++) {
        if (live.has(row)) {
          points
              .computeIfAbsent(live.labels(row), _ -> new ArrayList<>())
              .add(new Point(at, live.content(row)));
        }
      }
    }
    return new QueryResult(matrix(points), tick.annotations());
  }
}
