package io.fleetward.rules.evaluation;

/// What an evaluation takes for granted.
///
/// @param lookBackMillis how old a sample may be that an instant selector still sees
/// @param defaultStepMillis the step of a subquery that names none
/// @param maxSamples how many samples one evaluation at one time may read
public record EvaluationSettings(
    long lookBackMillis, long defaultStepMillis, NameRemoval nameRemoval, long maxSamples) {
  /// When the metric name of a result that is no longer that metric is dropped.
  public enum NameRemoval {
    /// By the operator or function that changes the value, as Prometheus does by default.
    AT_ONCE,
    /// At the end of the query, as Prometheus does with `promql-delayed-name-removal`.
    AT_THE_END
  }

  /// Prometheus' defaults: look-back 5 minutes, subqueries every minute, 50 million samples.
  public static EvaluationSettings standard() {
    return new EvaluationSettings(300_000, 60_000, NameRemoval.AT_ONCE, 50_000_000);
  }

  public EvaluationSettings withNameRemoval(NameRemoval changed) {
    return new EvaluationSettings(lookBackMillis, defaultStepMillis, changed, maxSamples);
  }

  public EvaluationSettings withMaxSamples(long most) {
    return new EvaluationSettings(lookBackMillis, defaultStepMillis, nameRemoval, most);
  }

  public EvaluationSettings withDefaultStep(long millis) {
    return new EvaluationSettings(lookBackMillis, millis, nameRemoval, maxSamples);
  }
}
