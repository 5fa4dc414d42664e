package io.fleetward.service.configuration;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;

/// What `/metrics` tells about reloads, as Prometheus tells of its own. Thread safe.
public final class ReloadMetrics {
  private final Gauge successful;
  private final Gauge succeededAt;

  public ReloadMetrics(PrometheusRegistry registry) {
    successful =
        Gauge.builder()
            .name("fleetward_config_last_reload_successful")
            .help(
                "Whether the last attempt to put rules, models, policies and actions in force succeeded.")
            .register(registry);
    succeededAt =
        Gauge.builder()
            .name("fleetward_config_last_reload_success_timestamp_seconds")
            .help("When that last succeeded, in seconds since the epoch.")
            .register(registry);
  }

  void succeeded(Instant at) {
    successful.set(1);
    succeededAt.set(at.toEpochMilli() / 1e3);
  }

  void failed() {
    successful.set(0);
  }
}
