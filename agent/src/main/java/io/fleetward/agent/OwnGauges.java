package io.fleetward.agent;

import io.fleetward.agent.plans.HeartbeatBoard;
import io.fleetward.agent.plans.OutcomeOutbox;
import io.fleetward.agent.shipping.BrokerClock;
import io.fleetward.agent.shipping.Shipper;
import io.fleetward.agent.telemetry.AgentMetrics;
import io.fleetward.agent.telemetry.OwnProcess;
import java.time.Duration;
import java.time.Instant;

/// The gauges of `/metrics` that are read from the agent's parts when somebody asks.
final class OwnGauges {
  private OwnGauges() {}

  static void register(
      AgentMetrics metrics,
      BrokerClock clock,
      HeartbeatBoard heartbeats,
      Shipper shipper,
      OutcomeOutbox outbox) {
    metrics.gauge(
        "fleetward_agent_clock_offset_seconds",
        "How far the broker's clock is ahead of this host's; NaN while unknown.",
        () -> clock.offset().map(OwnGauges::seconds).orElse(Double.NaN));
    metrics.gauge(
        "fleetward_agent_heartbeat_age_seconds",
        "Time since a service sent the newest signed heartbeat; NaN if there was none.",
        () -> heartbeatAge(clock, heartbeats));
    metrics.gauge(
        "fleetward_agent_waiting_bytes",
        "Bytes of records that wait in memory.",
        shipper::waitingBytes);
    metrics.gauge(
        "fleetward_agent_spool_records",
        "Records that were not sent at their time and wait for the broker.",
        shipper::backlogRecords);
    metrics.gauge(
        "fleetward_agent_spool_bytes",
        "Bytes on the disk that wait for the broker.",
        shipper::backlogBytes);
    metrics.gauge(
        "fleetward_agent_spool_age_seconds",
        "Time since the oldest record that waits was taken; 0 if none waits.",
        () -> backlogAge(shipper));
    metrics.gauge(
        "fleetward_agent_outcomes_waiting",
        "Outcomes that the broker has not acknowledged yet.",
        outbox::waiting);
    OwnProcess.register(metrics);
  }

  private static double backlogAge(Shipper shipper) {
    long now = System.currentTimeMillis();
    return shipper.backlogSinceMillis().map(since -> Math.max(0, now - since) / 1e3).orElse(0.0);
  }

  private static double heartbeatAge(BrokerClock clock, HeartbeatBoard heartbeats) {
    Instant now = clock.now().orElseGet(Instant::now);
    return heartbeats
        .newest()
        .map(signed -> seconds(Duration.between(signed.heartbeat().sentAt(), now)))
        .orElse(Double.NaN);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
