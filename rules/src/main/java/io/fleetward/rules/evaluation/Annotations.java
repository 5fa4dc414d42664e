package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.GoStrings;
import io.fleetward.rules.template.GoNumbers;
import java.util.List;

/// What an evaluation has to say beside its result, worded as Prometheus words it.
///
/// A place is line and column of what the remark is about.
final class Annotations {
  private static final List<String> COUNTER_ENDINGS =
      List.of("_total", "_sum", "_count", "_bucket");

  private Annotations() {}

  private static void warn(String text, String place, Tick tick) {
    tick.annotate("PromQL warning: %s (%s)".formatted(text, place));
  }

  private static void inform(String text, String place, Tick tick) {
    tick.annotate("PromQL info: %s (%s)".formatted(text, place));
  }

  private static String forMetric(String text, Labels labels) {
    String name = labels.metricName();
    return name.isEmpty() ? text : text + " for metric name " + GoStrings.quote(name);
  }

  private static String quotedName(Labels labels) {
    return GoStrings.quote(labels.metricName());
  }

  static void checkQuantile(double quantile, String place, Tick tick) {
    if (tick.isAnnotated() && !(quantile >= 0 && quantile <= 1)) {
      String given = GoNumbers.shortest(quantile);
      warn("quantile value should be between 0 and 1, got " + given, place, tick);
    }
  }

  /// @param capped the ratio that is used instead
  static void invalidRatio(double ratio, double capped, String place, Tick tick) {
    if (tick.isAnnotated()) {
      String text = "ratio value should be between -1 and 1, got %s, capping to %s";
      warn(text.formatted(GoNumbers.shortest(ratio), GoNumbers.shortest(capped)), place, tick);
    }
  }

  static void malformedBound(Labels labels, String place, Tick tick) {
    if (tick.isAnnotated()) {
      String text =
          "bucket label \"le\" is missing or has a malformed value of "
              + GoStrings.quote(labels.value("le"));
      warn(forMetric(text, labels), place, tick);
    }
  }

  static void mended(ClassicBuckets buckets, Labels labels, String place, Tick tick) {
    if (tick.isAnnotated()) {
      String text =
          "PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)";
      long now = tick.timeMillis();
      tick.annotate(
          new Mended(
              forMetric(text, labels),
              place,
              now,
              now,
              buckets.leastMended(),
              buckets.greatestMended(),
              buckets.greatestFall(),
              1));
    }
  }

  static void uselessSort(String place, Tick tick) {
    if (tick.isRangeQuery()) {
      warn(
          "sort is ineffective for range queries since results are always ordered by labels",
          place,
          tick);
    }
  }

  static void noCounter(Labels labels, String place, Tick tick) {
    String name = labels.metricName();
    if (tick.isAnnotated()
        && !name.isEmpty()
        && COUNTER_ENDINGS.stream().noneMatch(name::endsWith)) {
      String text =
          "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ";
      inform(text + GoStrings.quote(name), place, tick);
    }
  }

  static void mixedSamples(Labels labels, String place, Tick tick) {
    if (tick.isAnnotated()) {
      warn(
          "encountered a mix of histograms and floats for metric name " + quotedName(labels),
          place,
          tick);
    }
  }

  static void mixedGroup(String place, Tick tick) {
    if (tick.isAnnotated()) {
      warn("encountered a mix of histograms and floats for aggregation", place, tick);
    }
  }

  static void mixedSchemas(Labels labels, String place, Tick tick) {
    if (tick.isAnnotated()) {
      String text =
          "vector contains a mix of histograms with exponential and custom buckets schemas for metric name ";
      warn(text + quotedName(labels), place, tick);
    }
  }

  static void mixedClassicAndNative(Labels labels, String place, Tick tick) {
    if (tick.isAnnotated()) {
      warn(
          forMetric("vector contains a mix of classic and native histograms", labels), place, tick);
    }
  }

  static void notCounter(Labels labels, String place, Tick tick) {
    if (tick.isAnnotated()) {
      String text = "this native histogram metric is not a counter: ";
      warn(text + quotedName(labels), place, tick);
    }
  }

  static void notGauge(Labels labels, String place, Tick tick) {
    if (tick.isAnnotated()) {
      String text = "this native histogram metric is not a gauge: ";
      warn(text + quotedName(labels), place, tick);
    }
  }

  static void overlappingStarts(Labels labels, String place, Tick tick) {
    if (tick.isAnnotated()) {
      String text =
          "sample has start time that overlaps with previous sample timestamp for metric ";
      warn(text + quotedName(labels), place, tick);
    }
  }

  /// @param operation `addition`, `subtraction` or `aggregation`
  static void contradictoryResets(String operation, String place, Tick tick) {
    if (tick.isAnnotated()) {
      warn("conflicting counter resets during histogram " + operation, place, tick);
    }
  }

  /// @param operation `addition`, `subtraction` or `aggregation`
  static void reconciledBounds(String operation, String place, Tick tick) {
    if (tick.isAnnotated()) {
      inform("mismatched custom buckets were reconciled during " + operation, place, tick);
    }
  }

  static void ignoredInAggregation(String aggregation, String place, Tick tick) {
    if (tick.isAnnotated()) {
      inform("ignored histogram in %s aggregation".formatted(aggregation), place, tick);
    }
  }

  static void ignoredInRange(Labels labels, String place, Tick tick) {
    if (tick.isAnnotated()) {
      String text =
          "ignored histograms in a range containing both floats and histograms for metric name ";
      inform(text + quotedName(labels), place, tick);
    }
  }

  /// @param left `float` or `histogram`
  static void incompatibleTypes(String left, String sign, String right, String place, Tick tick) {
    if (tick.isAnnotated()) {
      String text = "incompatible sample types encountered for binary operator %s: %s %s %s";
      inform(text.formatted(GoStrings.quote(sign), left, sign, right), place, tick);
    }
  }

  static void incompatibleBuckets(String sign, String place, Tick tick) {
    if (tick.isAnnotated()) {
      warn("incompatible bucket layout encountered for binary operator " + sign, place, tick);
    }
  }

  static void notNumbers(String remark, Labels labels, String place, Tick tick) {
    if (tick.isAnnotated()) {
      inform(forMetric("input to " + remark, labels), place, tick);
    }
  }
}
