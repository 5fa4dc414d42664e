package io.fleetward.models.training;

import java.util.List;

/// A span in which a host was ill, as alerts and people know it, not a detector alone.
///
/// @param from seconds since 1970, when it was opened
/// @param to when it was resolved; [Long#MAX_VALUE] while it is open
public record ConfirmedIncident(String instance, long from, long to) {
  /// An incident is opened some time after the fault began, and the host needs as long to be as
  /// before after it.
  static final long MARGIN = 15 * 60;

  /// Whether a host may have been ill at a time, by one of these.
  static boolean covers(List<ConfirmedIncident> incidents, String instance, long second) {
    return incidents.stream()
        .anyMatch(incident -> incident.instance().equals(instance) && incident.covers(second));
  }

  boolean covers(long second) {
    return second >= from - MARGIN && (to == Long.MAX_VALUE || second <= to + MARGIN);
  }
}
