package io.fleetward.agent.series;

import java.util.Locale;

/// How the values of a metric are to be read, as Prometheus' text format names it.
public enum MetricType {
  COUNTER,
  GAUGE,
  UNTYPED;

  /// The type that a metric's name stands for; node_exporter's own metrics keep to it.
  public static MetricType of(String metricName) {
    // these tell what the kernel tells, and it does not say which of them only grow
    if (metricName.startsWith("node_vmstat_")
        || metricName.startsWith("node_netstat_")
        || (metricName.startsWith("node_zfs_") && !metricName.equals("node_zfs_zpool_state"))) {
      return UNTYPED;
    }
    return metricName.endsWith("_total") ? COUNTER : GAUGE;
  }

  /// As the text format writes it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
