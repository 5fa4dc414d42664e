package io.fleetward.service;

import io.fleetward.service.control.ControlEvents;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// The control side's events as Prometheus metrics. Thread safe.
final class ControlMetrics implements ControlEvents {
  private final Counter received;
  private final Counter refused;
  private final Counter duplicates;
  private final Counter produced;
  private final Counter sendFailures;
  private final Counter incidents;
  private final Counter remediations;
  private final Counter guardObjections;
  private final Counter lapsedPlans;
  private final Counter notices;
  private final Counter loopFailures;
  private final Gauge pauses;

  ControlMetrics(PrometheusRegistry registry) {
    received = counter(registry, "records_received", "Records read, by topic.", "topic");
    refused =
        counter(
            registry,
            "records_refused",
            "Records put aside, by topic and reason.",
            "topic",
            "reason");
    duplicates =
        counter(
            registry, "records_duplicate", "Records that said what was known, by topic.", "topic");
    produced =
        counter(
            registry, "records_produced", "Records acknowledged by the broker, by topic.", "topic");
    sendFailures =
        counter(registry, "send_failures", "Records that could not be sent, by topic.", "topic");
    incidents = counter(registry, "incidents", "Incidents, by what happened to them.", "event");
    remediations =
        counter(registry, "remediation_states", "Remediations that came into a state.", "state");
    guardObjections =
        counter(registry, "guard_objections", "Remediations held by a guard, by guard.", "guard");
    lapsedPlans =
        counter(registry, "plans_lapsed", "Plans that expired unsent and were judged again.");
    notices = counter(registry, "notices", "Times that people should be told, by what.", "what");
    loopFailures =
        counter(registry, "loop_failures", "Failures of background loops, which go on.", "loop");
    pauses =
        Gauge.builder()
            .name("fleetward_control_pauses")
            .help("Pauses in force.")
            .register(registry);
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name("fleetward_control_%s_total".formatted(name))
        .help(help)
        .labelNames(labels)
        .register(registry);
  }

  @Override
  public void received(String topic) {
    received.labelValues(topic).inc();
  }

  @Override
  public void refused(String topic, String reason) {
    refused.labelValues(topic, reason).inc();
  }

  @Override
  public void duplicate(String topic) {
    duplicates.labelValues(topic).inc();
  }

  @Override
  public void produced(String topic) {
    produced.labelValues(topic).inc();
  }

  @Override
  public void sendFailed(String topic) {
    sendFailures.labelValues(topic).inc();
  }

  @Override
  public void incidentOpened() {
    incidents.labelValues("opened").inc();
  }

  @Override
  public void incidentResolved() {
    incidents.labelValues("resolved").inc();
  }

  @Override
  public void remediationIs(String state) {
    remediations.labelValues(state).inc();
  }

  @Override
  public void guardObjected(String guard) {
    guardObjections.labelValues(guard).inc();
  }

  @Override
  public void planLapsed() {
    lapsedPlans.inc();
  }

  @Override
  public void peopleToldOf(String what) {
    notices.labelValues(what).inc();
  }

  @Override
  public void pausesInForce(int count) {
    pauses.set(count);
  }

  @Override
  public void loopFailed(String loop) {
    loopFailures.labelValues(loop).inc();
  }
}
