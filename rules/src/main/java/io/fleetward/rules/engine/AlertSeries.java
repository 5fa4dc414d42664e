package io.fleetward.rules.engine;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.engine.AlertInstance.State;
import io.fleetward.rules.series.SeriesStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The series `ALERTS` and `ALERTS_FOR_STATE` of one rule. Confined to the host's thread.
final class AlertSeries {
  private static final String STATE = "alertstate";

  private final SeriesStore store;
  private Set<Labels> written = Set.of();

  AlertSeries(SeriesStore store) {
    this.store = store;
  }

  /// The series that were there after the round before.
  Set<Labels> written() {
    return written;
  }

  void succeed(AlertSeries former) {
    written = former.written;
  }

  /// Writes the series of alerts that are pending or firing, and ends those of alerts that are not
  /// any more.
  void write(Collection<ActiveAlert> alerts, long timeMillis) {
    if (alerts.isEmpty() && written.isEmpty()) {
      return;
    }
    Set<Labels> now = new HashSet<>();
    for (ActiveAlert alert : alerts) {
      if (alert.state != State.RESOLVED) {
        Labels state =
            alert
                .labels
                .with(Labels.METRIC_NAME, "ALERTS")
                .with(STATE, alert.state.name().toLowerCase(Locale.ROOT));
        Labels since = alert.labels.with(Labels.METRIC_NAME, "ALERTS_FOR_STATE");
        store.append(store.slot(state), timeMillis, 1);
        store.append(store.slot(since), timeMillis, (double) Math.floorDiv(alert.activeAt, 1000L));
        now.add(state);
        now.add(since);
      }
    }
    for (Labels labels : written) {
      if (!now.contains(labels)) {
        store.append(store.slot(labels), timeMillis, StaleMarker.VALUE);
      }
    }
    written = now;
  }
}
