package io.fleetward.acceptance;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// Makes up 45 minutes of series, about 15 s apart, on which Prometheus 2.42 and 3.x are to agree:
/// - no sample lies on a whole second, hence none on the edge of a range or look-back, which 3.0
///   opened: the grid has 3.001 s and fewer than 1,000 steps;
/// - counters start far above what they gain in an hour, and start again at half of what they were:
///   how rates begin near zero changed in 2.51.
final class RandomSeries {
  static final long GRID_MILLIS = 3_001;

  private static final int STEPS = 900;
  private static final String GAP = "_";

  private final RandomGenerator random;

  RandomSeries(RandomGenerator random) {
    this.random = random;
  }

  /// One series.
  ///
  /// @param values in promtool's notation, one for each step of the grid
  record Line(Labels labels, List<String> values) {
    Line {
      values = List.copyOf(values);
    }

    /// The value at a step; a gap has none.
    static double number(String value) {
      return value.equals("stale") ? StaleMarker.VALUE : Double.parseDouble(value);
    }

    static boolean isGap(String value) {
      return value.equals(GAP);
    }
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (String instance : List.of("1", "2", "3")) {
      for (String job : List.of("a", "b")) {
        for (String code : List.of("200", "500")) {
          lines.add(
              new Line(
                  labels("requests_total", "job", job, "instance", instance, "code", code),
                  counter()));
        }
        lines.add(new Line(labels("temperature", "job", job, "instance", instance), gauge()));
        lines.add(new Line(labels("up", "job", job, "instance", instance), switching()));
      }
      lines.add(new Line(labels("size", "instance", instance), gauge()));
      buckets(instance, lines);
    }
    return lines;
  }

  private static Labels labels(String name, String... namesAndValues) {
    return Labels.of(namesAndValues).with(Labels.METRIC_NAME, name);
  }

  private List<String> counter() {
    int pace = random.nextInt(3) == 0 ? 1 : 200;
    return values(
        random.nextInt(3_000_000, 9_000_000),
        value ->
            value > 1_000_000 && random.nextInt(60) == 0
                ? Math.rint(value / 2)
                : value + random.nextInt(pace + 1));
  }

  private List<String> gauge() {
    return values(
        random.nextInt(-50, 100),
        value -> Math.rint(1_000 * (0.9 * value + random.nextInt(-9_000, 11_000) / 1_000.0)) / 1e3);
  }

  private List<String> switching() {
    return values(1, _ -> random.nextInt(5) == 0 ? 0 : 1);
  }

  private void buckets(String instance, List<Line> lines) {
    List<String> bounds = List.of("0.1", "0.5", "1", "5", "+Inf");
    double base = random.nextInt(1_000_000, 2_000_000);
    double pace = random.nextInt(1, 30);
    for (int i = 0; i < bounds.size(); i++) {
      double gain = Math.rint(pace * (i + 1));
      List<String> values = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        double value = base * (i + 1) + gain * step;
        values.add(step == 0 || step % 5 != 0 ? GAP : "" + value);
      }
      lines.add(
          new Line(labels("latency_bucket", "instance", instance, "le", bounds.get(i)), values));
    }
  }

  private List<String> values(double first, DoubleUnaryOperator next) {
    List<String> values = new ArrayList<>();
    double value = first;
    int due = random.nextInt(1, 6);
    int end = random.nextInt(6) == 0 ? random.nextInt(200, STEPS) : STEPS;
    for (int step = 0; step < STEPS; step++) {
      if (step < due || step > end) {
        values.add(GAP);
        continue;
      }
      if (random.nextInt(70) == 0) {
        values.add("stale");
        due = step + random.nextInt(4, 120);
      } else {
        values.add("" + value);
        due = step + random.nextInt(4, 7);
      }
      value = next.applyAsDouble(value);
    }
    return values;
  }
}
