package io.fleetward.rules.evaluation;

import io.fleetward.rules.language.TimeSpan;

/// Lengths of time that have to be positive when a query runs.
final class Spans {
  private Spans() {}

  static long positiveMillis(TimeSpan span, Tick tick) {
    long millis = span.millis(tick.stepMillis(), tick.rangeMillis());
    if (millis <= 0) {
      throw new EvaluationException("duration must be greater than 0");
    }
    return millis;
  }
}
