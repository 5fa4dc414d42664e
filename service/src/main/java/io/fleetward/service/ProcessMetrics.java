package io.fleetward.service;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;

/// What every program of ours tells of its process.
final class ProcessMetrics {
  private ProcessMetrics() {}

  static void register(PrometheusRegistry registry, String version) {
    Info.builder()
        .name("fleetward_build_info")
        .help("The version that runs.")
        .labelNames("version", "java")
        .register(registry)
        .addLabelValues(version, Runtime.version().toString());
    GaugeWithCallback.builder()
        .name("fleetward_heap_used_bytes")
        .help("Java heap in use, in bytes.")
        .callback(callback ->
            callback.call(
                (double) ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("process_start_time_seconds")
        .help("When the process started, in seconds since the epoch.")
        .callback(
            callback -> callback.call(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3))
        .register(registry);
  }
}
