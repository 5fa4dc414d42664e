package io.fleetward.agent.action;

import java.time.Duration;
import java.util.Base64;

/// What the daemon hands to the runner: signed bytes, and what only it can know.
///
/// @param plan base64 of the plan's envelope
/// @param heartbeat base64 of a heartbeat's envelope; empty if there is none
/// @param clockOffsetMillis how far the broker's clock is ahead of the host's; the runner takes no
///   more than [PlanJudge#MOST_SKEW]
/// @param agent the daemon's process id, which is not to be ended
public record RunRequest(String plan, String heartbeat, long clockOffsetMillis, int agent) {
  public static RunRequest of(byte[] plan, byte[] heartbeat, Duration clockOffset, int agent) {
    Base64.Encoder base64 = Base64.getEncoder();
    return new RunRequest(
        base64.encodeToString(plan),
        base64.encodeToString(heartbeat),
        clockOffset.toMillis(),
        agent);
  }

  /// @throws IllegalArgumentException if it is not base64
  byte[] planBytes() {
    return Base64.getDecoder().decode(plan);
  }

  /// @throws IllegalArgumentException if it is not base64
  byte[] heartbeatBytes() {
    return Base64.getDecoder().decode(heartbeat);
  }

  Duration clockOffset() {
    return Duration.ofMillis(clockOffsetMillis);
  }
}
