package io.fleetward.remediation.lifecycle;

import io.fleetward.remediation.lifecycle.Remediation.Escalated;
import io.fleetward.remediation.lifecycle.Remediation.Failed;
import io.fleetward.remediation.lifecycle.Remediation.Succeeded;
import io.fleetward.remediation.lifecycle.Remediation.Superseded;
import io.fleetward.remediation.lifecycle.Remediation.Unknown;
import io.fleetward.remediation.lifecycle.Remediation.Verifying;
import java.time.Instant;
import java.util.List;

/// What follows from the way an action ended.
final class Ending {
  private Ending() {}

  /// Success is a claim that has to be verified.
  static Step.Moved succeeded(Succeeded ended, String said) {
    Instant until = ended.endedAt().plus(ended.dossier().terms().resolvedWithin());
    return Step.Moved.to(
        new Verifying(ended.dossier(), ended.plan(), ended.endedAt(), until),
        new Effect.Timeline(ended.endedAt(), "done", said));
  }

  /// The next rung of the ladder is another proposal, with approvals of its own.
  static Step.Moved failed(Failed ended) {
    Dossier dossier = ended.dossier();
    int next = dossier.proposal().rung() + 1;
    if (next >= dossier.terms().rungs()) {
      return escalate(dossier, ended.reason(), ended.at());
    }
    return Step.Moved.to(
        new Superseded(dossier, ended.reason() + "; the next rung follows", ended.at()),
        new Effect.Trace(
            "next-rung", ended.reason(), List.of(), RemediationLifecycle.inputs(dossier)),
        new Effect.Timeline(ended.at(), "failed", ended.reason()),
        new Effect.ProposeRung(next));
  }

  /// What nobody knows is never tried again by itself.
  static Step.Moved unknown(Unknown ended) {
    return escalate(ended.dossier(), "unknown: " + ended.reason(), ended.at());
  }

  static Step.Moved escalate(Dossier dossier, String reason, Instant at) {
    return Step.Moved.to(
        new Escalated(dossier, reason, at),
        new Effect.Trace("escalate", reason, List.of(), RemediationLifecycle.inputs(dossier)),
        new Effect.Timeline(at, "escalated", reason),
        new Effect.Notify("escalated", reason));
  }
}
