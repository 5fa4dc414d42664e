package io.fleetward.service.scoring;

import io.fleetward.rules.engine.AlertInstance;
import java.util.List;
import java.util.Map;

/// What the owner of a component remembers besides samples and results. Stored as JSON.
///
/// @param silent hosts that say nothing, with the broker's ms at which each was last heard of
record ComponentCondition(List<AlertInstance> alerts, Map<String, Long> silent) {
  ComponentCondition {
    alerts = List.copyOf(alerts);
    silent = Map.copyOf(silent);
  }
}
