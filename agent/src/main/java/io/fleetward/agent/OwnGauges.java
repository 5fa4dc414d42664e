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
        "Bytes of records that wait for the broker.",
        shipper::waitingBytes);
    metrics.gauge(
        "fleetward_agent_outcomes_waiting",
        "Outcomes that the broker has not acknowledged yet.",
        outbox::waiting);
    OwnProcess.register(metrics);
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
