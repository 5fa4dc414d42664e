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
import java.util.OptionalDouble;

/// `histogram_quantile` and `histogram_fraction` on classic histograms, whose buckets are series
/// with a label `le`.
final class HistogramNode extends VectorNode {
  private static final String BOUND_LABEL = "le";

  private final VectorNode operand;
  private final Histogram[] histograms;
  private final ScalarNode first;
  private final ScalarNode second;
  private final Question question;

  private final int[] malformed;
  private final String place;

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
      Question question,
      int[] malformed,
      String place) {
    super(shape);
    this.malformed = malformed;
    this.place = place;
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
      String place,
      NameRemoval removal) {
    Map<Labels, List<Bucket>> found = new LinkedHashMap<>();
    List<Integer> malformed = new ArrayList<>();
    for (int row = 0; row < operand.size(); row++) {
      Labels labels = operand.shape().labels(row);
      OptionalDouble bound = Numbers.parse(labels.value(BOUND_LABEL));
      if (bound.isPresent()) {
        found
            .computeIfAbsent(labels.without(BOUND_LABEL), _ -> new ArrayList<>())
            .add(new Bucket(row, bound.getAsDouble()));
      } else {
        malformed.add(row);
      }
    }
    Shape shape = Shape.of(found.keySet().toArray(Labels[]::new)).withoutNames(removal);
    Histogram[] histograms =
        found.values().stream().map(HistogramNode::histogram).toArray(Histogram[]::new);
    int[] withoutBound = malformed.stream().mapToInt(Integer::intValue).toArray();
    return new HistogramNode(
        operand, shape, histograms, first, second, question, withoutBound, place);
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
    for (int row : malformed) {
      if (operand.has(row)) {
        Annotations.malformedBound(operand.shape().labels(row), place, tick);
      }
    }
    for (int i = 0; i < histograms.length; i++) {
      ClassicBuckets buckets = filled(histograms[i]);
      values[i] = buckets.isEmpty() ? StaleMarker.VALUE : question.answer(buckets, a, b, tick);
      if (buckets.isMended()) {
        Annotations.mended(operand.shape().labels(histograms[i].rows()[0]), place, tick);
      }
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
