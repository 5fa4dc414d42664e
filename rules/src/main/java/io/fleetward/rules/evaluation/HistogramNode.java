package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.language.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `histogram_quantile` and `histogram_fraction` on classic histograms, whose buckets are series
/// with a label `le`.
final class HistogramNode extends VectorNode {
  private static final String BOUND_LABEL = "le";

  private final VectorNode operand;
  private final Histogram[] histograms;
  private final ScalarNode first;
  private final ScalarNode second;
  private final Question question;

  /// What is asked about a histogram.
  interface Question {
    double answer(ClassicBuckets buckets, double first, double second, Tick tick);
  }

  /// The rows of the operand that belong to one histogram, bounds ascending.
  @SuppressWarnings("ArrayRecordComponent") // stays within this package, never compared
  private record Histogram(int[] rows, double[] bounds, ClassicBuckets buckets) {}

  private record Bucket(int row, double bound) {}

  private HistogramNode(
      VectorNode operand,
      Shape shape,
      Histogram[] histograms,
      ScalarNode first,
      ScalarNode second,
      Question question) {
    super(shape);
    this.operand = operand;
    this.histograms = histograms;
    this.first = first;
    this.second = second;
    this.question = question;
  }

  static HistogramNode of(
      VectorNode operand,
      ScalarNode first,
      ScalarNode second,
      Question question,
      NameRemoval removal) {
    Map<Labels, List<Bucket>> found = new LinkedHashMap<>();
    for (int row = 0; row < operand.size(); row++) {
      Labels labels = operand.shape.labels(row);
      int at = row;
      Numbers.parse(labels.value(BOUND_LABEL))
          .ifPresent(bound ->
              found
                  .computeIfAbsent(labels.without(BOUND_LABEL), _ -> new ArrayList<>())
                  .add(new Bucket(at, bound)));
    }
    Shape shape = Shape.of(found.keySet().toArray(Labels[]::new)).withoutNames(removal);
    Histogram[] histograms =
        found.values().stream().map(HistogramNode::histogram).toArray(Histogram[]::new);
    return new HistogramNode(operand, shape, histograms, first, second, question);
  }

  private static Histogram histogram(List<Bucket> buckets) {
    buckets.sort(Comparator.comparingDouble(Bucket::bound));
    return new Histogram(
        buckets.stream().mapToInt(Bucket::row).toArray(),
        buckets.stream().mapToDouble(Bucket::bound).toArray(),
        new ClassicBuckets(buckets.size()));
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    double a = first.evaluate(tick);
    double b = second.evaluate(tick);
    for (int i = 0; i < histograms.length; i++) {
      ClassicBuckets buckets = filled(histograms[i]);
      values[i] = buckets.isEmpty() ? StaleMarker.VALUE : question.answer(buckets, a, b, tick);
    }
  }

  private ClassicBuckets filled(Histogram histogram) {
    ClassicBuckets buckets = histogram.buckets();
    buckets.restart();
    for (int i = 0; i < histogram.rows().length; i++) {
      int row = histogram.rows()[i];
      if (operand.has(row)) {
        buckets.add(histogram.bounds()[i], operand.values[row]);
      }
    }
    return buckets;
  }
}
