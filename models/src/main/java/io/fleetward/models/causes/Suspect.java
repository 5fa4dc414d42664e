package io.fleetward.models.causes;

/// What is known of one host when the cause is looked for. Scores are on one scale for all hosts; 1
/// is where a detector begins to alarm, NaN where it cannot say.
///
/// @param own how anomalous the host's own work is: its resources, its answers
/// @param waiting how anomalous its waiting for the hosts that it calls is
public record Suspect(String host, double own, double waiting) {
  static final double ANOMALOUS = 1;

  boolean isAnomalous() {
    return own >= ANOMALOUS;
  }

  boolean isWaiting() {
    return waiting >= ANOMALOUS;
  }
}
