package io.fleetward.service.desk;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A host that announced itself.
///
/// @param actions what its allow-list permits
/// @param announcedAt when its announcement arrived, in the broker's time
public record HostView(
    String instance,
    Map<String, String> labels,
    String kernel,
    String agentVersion,
    List<String> actions,
    Instant announcedAt) {
  public HostView {
    labels = Map.copyOf(labels);
    actions = List.copyOf(actions);
  }
}
