package io.fleetward.rules.evaluation;

import io.fleetward.rules.template.GoNumbers;

/// What an evaluation has to say beside its result, worded as Prometheus words it.
final class Annotations {
  private Annotations() {}

  static void checkQuantile(double quantile, String place, Tick tick) {
    if (!(quantile >= 0 && quantile <= 1)) {
      tick.annotate(
          "PromQL warning: quantile value should be between 0 and 1, got %s (%s)"
              .formatted(GoNumbers.shortest(quantile), place));
    }
  }
}
