package io.fleetward.cli.client;

import io.fleetward.service.desk.IncidentView;
import io.fleetward.service.desk.TraceEntry;
import java.util.List;

/// An incident and every decision about it, oldest first.
public record IncidentDetails(IncidentView incident, List<TraceEntry> trace) {
  public IncidentDetails {
    trace = List.copyOf(trace);
  }
}
