package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.GoStrings;
import io.fleetward.rules.template.GoNumbers;
import java.util.List;

/// What an evaluation has to say beside its result, worded as Prometheus words it.
final class Annotations {
  private static final List<String> COUNTER_ENDINGS =
      List.of("_total", "_sum", "_count", "_bucket");

  private Annotations() {}

  static void checkQuantile(double quantile, String place, Tick tick) {
    if (tick.isAnnotated() && !(quantile >= 0 && quantile <= 1)) {
      tick.annotate(
          "PromQL warning: quantile value should be between 0 and 1, got %s (%s)"
              .formatted(GoNumbers.shortest(quantile), place));
    }
  }

  static void malformedBound(Labels labels, String place, Tick tick) {
    if (!tick.isAnnotated()) {
      return;
    }
    tick.annotate(
        "PromQL warning: bucket label \"le\" is missing or has a malformed value of %s for metric name %s (%s)"
            .formatted(
                GoStrings.quote(labels.value("le")), GoStrings.quote(labels.metricName()), place));
  }

  static void mended(Labels labels, String place, Tick tick) {
    if (!tick.isAnnotated()) {
      return;
    }
    tick.annotate(
        "PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for metric name %s (%s)"
            .formatted(GoStrings.quote(labels.metricName()), place));
  }

  static void uselessSort(String place, Tick tick) {
    if (tick.isRangeQuery()) {
      tick.annotate(
          "PromQL warning: sort is ineffective for range queries since results are always ordered by labels (%s)"
              .formatted(place));
    }
  }

  static void noCounter(Labels labels, String place, Tick tick) {
    String name = labels.metricName();
    if (tick.isAnnotated()
        && !name.isEmpty()
        && COUNTER_ENDINGS.stream().noneMatch(name::endsWith)) {
      tick.annotate(
          "PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: %s (%s)"
              .formatted(GoStrings.quote(name), place));
    }
  }
}
