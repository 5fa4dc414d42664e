package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.histogram.Estimate;
import io.fleetward.rules.histogram.Fractions;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.histogram.Quantiles;

/// `histogram_quantile` and `histogram_fraction`, on classic and on native histograms.
final class HistogramNode extends VectorNode {
  private final Subjects subjects;
  private final ScalarNode first;
  private final ScalarNode second;
  private final Question question;
  private final String place;

  /// What is asked about a histogram.
  interface Question {
    double answer(ClassicBuckets buckets, double first, double second);

    Estimate answer(NativeHistogram histogram, double first, double second);
  }

  /// The value that a share of the observations, the first number, lies below.
  static final Question QUANTILE =
      new Question() {
        @Override
        public double answer(ClassicBuckets buckets, double first, double second) {
          return buckets.quantile(first);
        }

        @Override
        public Estimate answer(NativeHistogram histogram, double first, double second) {
          return Quantiles.quantile(histogram, first);
        }
      };

  /// The share of observations between the two numbers.
  static final Question FRACTION =
      new Question() {
        @Override
        public double answer(ClassicBuckets buckets, double first, double second) {
          return buckets.fraction(first, second);
        }

        @Override
        public Estimate answer(NativeHistogram histogram, double first, double second) {
          return Fractions.fraction(histogram, first, second);
        }
      };

  /// @param place of the vector, for annotations
  HistogramNode(
      Subjects subjects,
      ScalarNode first,
      ScalarNode second,
      Question question,
      String place,
      NameRemoval removal) {
    super(subjects.shape().withoutNames(removal));
    this.subjects = subjects;
    this.first = first;
    this.second = second;
    this.question = question;
    this.place = place;
  }

  @Override
  void compute(Tick tick) {
    double a = first.evaluate(tick);
    double b = second.evaluate(tick);
    subjects.prepare(tick);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          subjects.has(i) ? answer(question, subjects, i, a, b, place, tick) : StaleMarker.VALUE;
    }
  }

  /// Asks about one histogram that is there.
  static double answer(
      Question question,
      Subjects subjects,
      int subject,
      double first,
      double second,
      String place,
      Tick tick) {
    if (subjects.isClassic(subject)) {
      ClassicBuckets buckets = subjects.classic(subject);
      double answer = question.answer(buckets, first, second);
      if (buckets.isMended()) {
        Annotations.mended(buckets, subjects.labels(subject), place, tick);
      }
      return answer;
    }
    Estimate estimate = question.answer(subjects.nativeHistogram(subject, tick), first, second);
    remark(estimate, subjects.labels(subject), place, tick);
    return estimate.value();
  }

  private static void remark(Estimate estimate, Labels labels, String place, Tick tick) {
    switch (estimate.remark()) {
      case NONE -> {}
      case NOT_A_NUMBER ->
          Annotations.notNumbers(
              "histogram_quantile has NaN observations, result is NaN", labels, place, tick);
      case SKEWED ->
          Annotations.notNumbers(
              "histogram_quantile has NaN observations, result is skewed higher",
              labels,
              place,
              tick);
      case EXCLUDED ->
          Annotations.notNumbers(
              "histogram_fraction has NaN observations, which are excluded from all fractions",
              labels,
              place,
              tick);
    }
  }
}
