package io.fleetward.models.causes;

/// What is known of one host when the cause is looked for: by how much its scores rose when the
/// trouble began, in powers of e (a score of 0.999 after one of 0.99 is a rise of 2.3, however rare
/// rows like that are on the host). NaN where a detector cannot say.
///
/// @param own of the host's own work: its resources, its answers
/// @param waiting of its waiting for the hosts that it calls
public record Suspect(String host, double own, double waiting) {
  static final double ANOMALOUS = 1;

  boolean isAnomalous() {
    return own >= ANOMALOUS;
  }

  boolean isWaiting() {
    return waiting >= ANOMALOUS;
  }
}
