package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage.State;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the scoring side tells about itself on `/metrics`. Thread safe.
final class ScoringMetrics {
  private final Counter received;
  private final Counter rejected;
  private final Counter unproven;
  private final Counter samples;
  private final Counter seconds;
  private final Counter alerts;
  private final Counter componentFailures;
  private final Counter forgotten;
  private final Counter ticks;
  private final Map<String, HostGauge> hosts = new ConcurrentHashMap<>();

  /// What is known of a host now.
  ///
  /// @param trained the names of its models that score
  /// @param warmingUp the names of those that still only learn
  /// @param score its highest anomaly score, NaN if undetermined
  /// @param aheadSeconds how far its newest sample was ahead of the broker's clock, which is how
  ///   far the host's clock is ahead less what the sample took to get there
  record HostGauge(
      List<String> trained, List<String> warmingUp, int series, double score, double aheadSeconds) {
    HostGauge {
      trained = List.copyOf(trained);
      warmingUp = List.copyOf(warmingUp);
    }
  }

  ScoringMetrics(PrometheusRegistry registry) {
    received =
        Counter.builder()
            .name("fleetward_scoring_records_received_total")
            .help("Records read from the metrics topic.")
            .register(registry);
    rejected =
        Counter.builder()
            .name("fleetward_scoring_records_rejected_total")
            .help("Records sent to the dead letters, by reason.")
            .labelNames("reason")
            .register(registry);
    unproven =
        Counter.builder()
            .name("fleetward_scoring_records_unproven_total")
            .help("Records without a valid seal of their host, which are scored only, by reason.")
            .labelNames("reason")
            .register(registry);
    samples =
        Counter.builder()
            .name("fleetward_scoring_samples_total")
            .help("Samples taken from records.")
            .register(registry);
    seconds =
        Counter.builder()
            .name("fleetward_scoring_seconds_total")
            .help("Time spent on appending, rules and models, in seconds.")
            .register(registry);
    alerts =
        Counter.builder()
            .name("fleetward_scoring_alert_messages_total")
            .help("Alert transitions and refreshes sent, by state.")
            .labelNames("state")
            .register(registry);
    ticks =
        Counter.builder()
            .name("fleetward_scoring_component_ticks_total")
            .help("Ticks evaluated by components of rules across hosts.")
            .register(registry);
    forgotten =
        Counter.builder()
            .name("fleetward_scoring_hosts_forgotten_total")
            .help("Hosts not heard of for scoring.forget-after, whose state was freed.")
            .register(registry);
    componentFailures =
        Counter.builder()
            .name("fleetward_scoring_component_failures_total")
            .help("Records of the topic between the stages on which a component failed.")
            .register(registry);
    registerGauges(registry);
  }

  private void registerGauges(PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("fleetward_scoring_hosts")
        .help("Hosts owned by this instance of the service, by the state of their models.")
        .labelNames("models")
        .callback(callback -> {
          long trained = hosts.values().stream().filter(host -> host.warmingUp().isEmpty()).count();
          callback.call((double) trained, "trained");
          callback.call((double) (hosts.size() - trained), "warming-up");
        })
        .register(registry);
    GaugeWithCallback.builder()
        .name("fleetward_scoring_model_hosts")
        .help("Hosts owned by this instance of the service, by model and what it does there.")
        .labelNames("model", "state")
        .callback(callback -> {
          tell(callback, HostGauge::trained, "trained");
          tell(callback, HostGauge::warmingUp, "warming-up");
        })
        .register(registry);
    GaugeWithCallback.builder()
        .name("fleetward_scoring_anomaly_score")
        .help("Highest anomaly score of a host, 0 to 1; absent while undetermined.")
        .labelNames("instance")
        .callback(callback ->
            hosts.forEach((instance, host) -> {
              if (!Double.isNaN(host.score())) {
                callback.call(host.score(), instance);
              }
            }))
        .register(registry);
    GaugeWithCallback.builder()
        .name("fleetward_scoring_clock_ahead_seconds")
        .help("How far a host's newest sample was ahead of the broker's clock; negative: behind.")
        .labelNames("instance")
        .callback(callback ->
            hosts.forEach((instance, host) -> callback.call(host.aheadSeconds(), instance)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("fleetward_scoring_series")
        .help("Series held for the hosts of this instance of the service.")
        .callback(callback ->
            callback.call((double) hosts.values().stream().mapToLong(HostGauge::series).sum()))
        .register(registry);
  }

  private void tell(
      GaugeWithCallback.Callback callback, Function<HostGauge, List<String>> models, String state) {
    hosts.values().stream()
        .flatMap(host -> models.apply(host).stream())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .forEach((model, count) -> callback.call((double) count, model, state));
  }

  void received() {
    received.inc();
  }

  void rejected(String reason) {
    rejected.labelValues(reason).inc();
  }

  void unproven(String reason) {
    unproven.labelValues(reason).inc();
  }

  void scored(int count, long nanos) {
    samples.inc(count);
    seconds.inc(nanos / 1e9);
  }

  void ticked() {
    ticks.inc();
  }

  void forgotten() {
    forgotten.inc();
  }

  void componentFailed() {
    componentFailures.inc();
  }

  void alert(State state) {
    alerts
        .labelValues(
            switch (state) {
              case State.Pending _ -> "pending";
              case State.Firing _ -> "firing";
              case State.Resolved _ -> "resolved";
              case State.Dropped _ -> "dropped";
            })
        .inc();
  }

  void host(String instance, HostGauge now) {
    if (!now.equals(hosts.get(instance))) {
      hosts.put(instance, now);
    }
  }

  /// Whether this instance of the service owns a host.
  boolean owns(String instance) {
    return hosts.containsKey(instance);
  }

  void forget(String instance) {
    hosts.remove(instance);
  }
}
