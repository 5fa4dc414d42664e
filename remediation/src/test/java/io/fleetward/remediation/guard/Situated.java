package io.fleetward.remediation.guard;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.messages.Provenance;
import io.fleetward.remediation.guard.Situation.EvidenceLimit;
import io.fleetward.remediation.guard.Situation.HostKey;
import io.fleetward.remediation.policy.Limits;
import io.fleetward.remediation.policy.Mode;
import io.fleetward.remediation.policy.Risk;
import io.fleetward.remediation.proposal.Approval;
import io.fleetward.remediation.proposal.Claim;
import io.fleetward.remediation.proposal.Proposal;
import io.fleetward.remediation.proposal.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A proposal and a situation in which nothing stands against it, to be spoiled in one point.
public final class Situated {
  public static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  public static final String KEY = "ab".repeat(32);
  public static final String VERSION = "policy-version-1";
  public static final AlertMessage FIRING =
      alert(new State.Firing(NOW.minusSeconds(60), NOW.minusSeconds(30)), NOW.minusSeconds(2));
  public static final Proposal PROPOSAL = proposal("web-1", "4711");
  public static final Terms TERMS = terms(Mode.APPROVE, 1, 2);

  private Situated() {}

  public static AlertMessage alert(State state, Instant at) {
    return new AlertMessage(
        "web-1",
        Map.of("alertname", "Runaway", "pid", "4711"),
        Map.of(),
        "group",
        "cpu > 0.9",
        state,
        0.97,
        at,
        at,
        null,
        List.of(),
        "rules-1",
        null,
        Provenance.PROVEN);
  }

  public static AlertMessage resolved(Instant at) {
    return alert(new State.Resolved(NOW.minusSeconds(60), NOW.minusSeconds(30), at), at);
  }

  public static Proposal proposal(String instance, String pid) {
    return new Proposal(
        instance,
        "end-process",
        Map.of("pid", pid),
        Duration.ofSeconds(20),
        "runaway",
        VERSION,
        0,
        "policy:runaway",
        Claim.of("inc-1", FIRING));
  }

  public static Terms terms(Mode mode, int approvals, int rungs) {
    return new Terms(
        mode,
        Risk.MEDIUM,
        approvals,
        Duration.ofHours(1),
        Duration.ofSeconds(30),
        new Limits(Limits.Scope.FLEET, 2, 10, Duration.ofMinutes(5), 3),
        Duration.ofMinutes(2),
        rungs);
  }

  public static Approval approval(String person) {
    return new Approval(person, PROPOSAL.hash(), "looks right", NOW.minusSeconds(5));
  }

  /// Everything speaks for acting.
  public static Situation clear() {
    return new Situation(
        NOW,
        true,
        TERMS,
        VERSION,
        new Evidence.Heard(FIRING),
        new EvidenceLimit(NOW.minusSeconds(600), "this service started"),
        List.of(),
        new Situation.Scope(100, 0),
        new Situation.Target(true, new HostKey.Known(KEY), List.of(), Instant.EPOCH, 0),
        List.of(approval("alice")));
  }
}
