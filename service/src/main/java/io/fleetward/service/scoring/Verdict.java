package io.fleetward.service.scoring;

/// What a model says about a host at a tick, as rules see it.
///
/// @param score 0 to 1; NaN if undetermined
/// @param alarm whether the model holds the host to be anomalous
/// @param threshold the score from which it would by itself; NaN if undetermined
record Verdict(double score, boolean alarm, double threshold) {
  static final Verdict UNDETERMINED = new Verdict(Double.NaN, false, Double.NaN);

  boolean isKnown() {
    return !Double.isNaN(score);
  }
}
