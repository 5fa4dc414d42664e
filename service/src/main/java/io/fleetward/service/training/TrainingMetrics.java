package io.fleetward.service.training;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// What `/metrics` tells about training. Thread safe.
public final class TrainingMetrics {
  private final Counter received;
  private final Counter dropped;
  private final Counter trainings;
  private final Gauge rows;
  private final Gauge cpu;

  public TrainingMetrics(PrometheusRegistry registry) {
    received =
        Counter.builder()
            .name("fleetward_training_rows_received_total")
            .help("Feature rows read by this instance.")
            .register(registry);
    dropped =
        Counter.builder()
            .name("fleetward_training_rows_dropped_total")
            .help("Feature rows that were left out.")
            .labelNames("reason")
            .register(registry);
    trainings =
        Counter.builder()
            .name("fleetward_trainings_total")
            .help("Trainings of classes, by what came of them.")
            .labelNames("outcome")
            .register(registry);
    rows =
        Gauge.builder()
            .name("fleetward_training_rows")
            .help("Feature rows kept for training; 0 where another instance trains.")
            .register(registry);
    cpu =
        Gauge.builder()
            .name("fleetward_training_cpu_seconds")
            .help("CPU time that the training thread has used.")
            .register(registry);
  }

  void received() {
    received.inc();
  }

  void dropped(String reason) {
    dropped.labelValues(reason).inc();
  }

  /// @param outcome `version`, `unusable`, `refused` or `failed`
  void trained(String outcome) {
    trainings.labelValues(outcome).inc();
  }

  void state(long kept, double cpuSeconds) {
    rows.set((double) kept);
    cpu.set(cpuSeconds);
  }
}
