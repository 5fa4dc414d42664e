package io.fleetward.rules.evaluation;

/// An expression that cannot be evaluated on the series it met: many-to-many matching, results with
/// the same labels, too many samples.
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EvaluationException(String message) {
    super(message, null, false, false);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
