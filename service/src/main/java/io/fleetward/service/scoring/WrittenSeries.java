package io.fleetward.service.scoring;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.engine.HostRules;

/// A series of one host that a model or a forecast writes. When the value ceases to be known the
/// series ends, so that no rule reads an old one. On the stream thread.
final class WrittenSeries {
  private final Labels labels;
  private boolean known;
  private boolean open;

  WrittenSeries(String name, String instance) {
    this(Labels.of(Labels.METRIC_NAME, name, Labels.INSTANCE, instance));
  }

  WrittenSeries(Labels labels) {
    this.labels = labels;
  }

  /// @param value NaN if it is not known
  void append(HostRules rules, long tick, double value) {
    if (!known) {
      // a former owner may have left it open
      open = !Double.isNaN(rules.newest(labels, tick));
      known = true;
    }
    boolean goesOn = !Double.isNaN(value);
    if (goesOn || open) {
      rules.append(rules.slot(labels), tick, goesOn ? value : StaleMarker.VALUE);
    }
    open = goesOn;
  }
}
