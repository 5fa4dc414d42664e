package io.fleetward.service.scoring;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.engine.HostRules;

/// A series of one host that a model or a forecast writes. When the value ceases to be known the
/// series ends, so that no rule reads an old one. On the stream thread.
final class WrittenSeries {
  private final Labels labels;
  private boolean open;

  WrittenSeries(String name, String instance) {
    this(Labels.of(Labels.METRIC_NAME, name, Labels.INSTANCE, instance));
  }

  WrittenSeries(Labels labels) {
    this.labels = labels;
  }

  /// @param value NaN if it is not known
  void append(HostRules rules, long tick, double value) {
    boolean known = !Double.isNaN(value);
    if (known || open) {
      rules.append(rules.slot(labels), tick, known ? value : StaleMarker.VALUE);
    }
    open = known;
  }
}
