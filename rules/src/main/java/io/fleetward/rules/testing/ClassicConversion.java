package io.fleetward.rules.testing;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.histogram.Buckets;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.histogram.ResetHint;
import io.fleetward.rules.language.Numbers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// Makes native histograms with listed bounds of classic ones, whose buckets, count and sum are
/// series of their own. Used once, by one thread.
final class ClassicConversion {
  private static final String BOUND = "le";

  private final Map<Labels, List<Classic>> found = new LinkedHashMap<>();

  /// A classic histogram at one step.
  private static final class Classic {
    private final TreeMap<Double, Double> buckets = new TreeMap<>();
    private OptionalDouble count = OptionalDouble.empty();
    private double sum;
  }

  private ClassicConversion() {}

  /// The series of native histograms that some series amount to.
  ///
  /// @throws InvalidTestException if counts fall from one bucket to the next
  static List<SeriesLine> of(Collection<SeriesLine> lines) {
    ClassicConversion conversion = new ClassicConversion();
    lines.forEach(conversion::take);
    List<SeriesLine> converted = new ArrayList<>();
    conversion.found.forEach((labels, steps) ->
        converted.add(
            new SeriesLine(labels, steps.stream().map(step -> value(labels, step)).toList())));
    return converted;
  }

  private void take(SeriesLine line) {
    String name = line.labels().metricName();
    if (name.endsWith("_bucket")) {
      OptionalDouble bound = Numbers.parse(line.labels().value(BOUND));
      if (bound.isPresent() && !Double.isNaN(bound.getAsDouble())) {
        takeBucket(line, bound.getAsDouble());
      }
    } else if (name.endsWith("_count")) {
      List<Classic> steps = steps(line, "_count");
      for (int i = 0; i < line.values().size(); i++) {
        if (line.values().get(i) instanceof SeriesLine.Value.Point(double value)) {
          steps.get(i).count = OptionalDouble.of(value);
        }
      }
    } else if (name.endsWith("_sum")) {
      List<Classic> steps = steps(line, "_sum");
      for (int i = 0; i < line.values().size(); i++) {
        if (line.values().get(i) instanceof SeriesLine.Value.Point(double value)) {
          steps.get(i).sum = value;
        }
      }
    }
  }

  private void takeBucket(SeriesLine line, double bound) {
    List<Classic> steps = steps(line, "_bucket");
    for (int i = 0; i < line.values().size(); i++) {
      if (line.values().get(i) instanceof SeriesLine.Value.Point(double value)) {
        steps.get(i).buckets.putIfAbsent(bound, value);
      }
    }
  }

  private List<Classic> steps(SeriesLine line, String ending) {
    String name = line.labels().metricName();
    Labels labels =
        line.labels()
            .without(BOUND)
            .with(Labels.METRIC_NAME, name.substring(0, name.length() - ending.length()));
    List<Classic> steps = found.computeIfAbsent(labels, _ -> new ArrayList<>());
    while (steps.size() < line.values().size()) {
      steps.add(new Classic());
    }
    return steps;
  }

  private static SeriesLine.Value value(Labels labels, Classic classic) {
    if (classic.buckets.isEmpty() && classic.count.isEmpty()) {
      return new SeriesLine.Value.Gap();
    }
    TreeMap<Double, Double> buckets = classic.buckets;
    double last = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
    double count = classic.count.orElse(last);
    buckets.putIfAbsent(Double.POSITIVE_INFINITY, count);
    List<Double> bounds = new ArrayList<>(buckets.headMap(Double.POSITIVE_INFINITY).keySet());
    double[] counts = new double[buckets.size()];
    double before = 0;
    int position = 0;
    for (double upTo : buckets.values()) {
      if (upTo < before) {
        throw new InvalidTestException(
            "%s is no histogram: its counts fall from one bucket to the next".formatted(labels));
      }
      counts[position++] = upTo - before;
      before = upTo;
    }
    NativeHistogram histogram =
        new NativeHistogram(
            NativeHistogram.CUSTOM,
            0,
            0,
            count,
            classic.sum,
            Buckets.from(0, counts),
            Buckets.NONE,
            bounds,
            ResetHint.UNKNOWN);
    return new SeriesLine.Value.Histogram(histogram.compacted(), false);
  }
}
