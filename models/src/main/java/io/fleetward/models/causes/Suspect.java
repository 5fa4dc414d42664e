package io.fleetward.models.causes;

/// What is known of one host when the cause is looked for: by how much the worst feature of each
/// kind got worse when the trouble began, as [LevelShift] measures it. NaN where that is not known;
/// what got better is 0 or less.
///
/// The load on a host (requests, bytes, calls of the kernel) is no symptom: less of it comes from
/// trouble elsewhere, and more of it is not trouble.
///
/// @param resources that it uses up: processor, memory
/// @param answers that it gives: their latency, their errors
/// @param waiting of its waiting for the hosts that it calls
public record Suspect(String host, double resources, double answers, double waiting) {
  private static final double ANOMALOUS = 4;
  private static final double WAITING = 2;

  /// How far the host is out of line by itself: late answers count as far as it does not wait as
  /// long itself. NaN if nothing is known.
  double own() {
    double late = Double.isNaN(waiting) ? answers : answers - Math.max(0, waiting);
    return Double.isNaN(resources) || late > resources ? late : resources;
  }

  boolean isAnomalous() {
    return own() >= ANOMALOUS;
  }

  boolean isWaiting() {
    return waiting >= WAITING;
  }
}
