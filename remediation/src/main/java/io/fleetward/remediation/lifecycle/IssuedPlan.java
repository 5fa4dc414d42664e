package io.fleetward.remediation.lifecycle;

import io.fleetward.protocol.messages.Plan;
import java.time.Duration;
import java.time.Instant;

/// What a remediation remembers of its plan.
public record IssuedPlan(String id, Instant issuedAt, Instant expiresAt, Duration timeout) {
  /// What an outcome may need beyond the plan's lifetime and timeout to get here: a precondition
  /// and evidence before and after of up to 14 s each, the end of what does not end by itself, the
  /// start of the runner, and the way.
  static final Duration MARGIN = Duration.ofSeconds(90);

  static IssuedPlan of(Plan plan) {
    return new IssuedPlan(plan.id(), plan.issuedAt(), plan.expiresAt(), plan.timeout());
  }

  /// When something that a host reports about the plan was so: when the host says, but neither
  /// before the plan was made nor after the broker had the report.
  Instant credible(Instant reported, Instant appendedAt) {
    if (!reported.isAfter(issuedAt) || !appendedAt.isAfter(issuedAt)) {
      return issuedAt;
    }
    return reported.isBefore(appendedAt) ? reported : appendedAt;
  }

  /// When no outcome can be expected any more.
  public Instant deadline() {
    return expiresAt.plus(timeout).plus(MARGIN);
  }
}
