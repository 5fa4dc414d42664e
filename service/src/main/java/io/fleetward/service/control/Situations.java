package io.fleetward.service.control;

import io.fleetward.protocol.messages.HostAnnouncement;
import io.fleetward.remediation.guard.AttemptCap;
import io.fleetward.remediation.guard.Evidence;
import io.fleetward.remediation.guard.Situation;
import io.fleetward.remediation.guard.Situation.EvidenceLimit;
import io.fleetward.remediation.guard.Situation.HostKey;
import io.fleetward.remediation.policy.Limits;
import io.fleetward.remediation.proposal.Approval;
import io.fleetward.remediation.proposal.Proposal;
import io.fleetward.remediation.proposal.Terms;
import io.fleetward.service.store.AlertTable;
import io.fleetward.service.store.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Gathers what guards judge by. Confined to one session.
final class Situations {
  /// How long ago a host may have been heard of to count.
  private static final Duration SEEN = Duration.ofHours(1);

  private final Session session;
  private final Ledger ledger;

  Situations(Session session) {
    this.session = session;
    this.ledger = session.ledger();
  }

  /// @param id of the remediation, so that it does not stand in its own way
  Situation of(String id, Proposal proposal, Terms terms, List<Approval> approvals) {
    Instant now = session.now();
    return new Situation(
        now,
        session.mandate().clock().known(),
        terms,
        versionInForce(proposal),
        evidence(proposal),
        evidenceAfter(proposal),
        ledger.pauses().inForce().stream()
            .map(pause -> "%s by %s".formatted(pause.reason(), pause.owner()))
            .toList(),
        scope(id, proposal, terms),
        new Situation.Target(
            ledger.hosts().wasSeen(proposal.instance(), now.minus(SEEN)),
            hostKey(proposal.instance()),
            ledger.remediations().actingOn(proposal.instance(), id),
            ledger.attempts().lastForOthers(proposal).orElse(Instant.EPOCH),
            ledger.attempts().count(proposal, now.minus(AttemptCap.WINDOW))),
        approvals);
  }

  private HostKey hostKey(String instance) {
    String announced = ledger.hosts().find(instance).map(HostAnnouncement::hostKey).orElse("");
    if (announced.isEmpty()) {
      return new HostKey.Doubtful(
          "%s has announced no key of its own".formatted(instance),
          "enrol the host (fleetward hosts token, then fleetward agent enrol on it) and start its agent again");
    }
    return session.mandate().hostKeys().trusts(instance, announced)
        ? new HostKey.Known(announced)
        : new HostKey.Doubtful(
            "%s announced the key %s last, which is not enrolled or was revoked"
                .formatted(instance, announced),
            "if two hosts go by this name, give each its own agent.instance; if the host's key is new, enrol it (fleetward hosts token, then fleetward agent enrol on it)");
  }

  private String versionInForce(Proposal proposal) {
    var policies = session.mandate().policies();
    return policies.find(proposal.policy()).map(policies::versionOf).orElse("");
  }

  private Evidence evidence(Proposal proposal) {
    return ledger
        .alerts()
        .find(proposal.claim().alert())
        .map(AlertTable.Row::message)
        .<Evidence>map(Evidence.Heard::new)
        .orElseGet(Evidence.Nothing::new);
  }

  private EvidenceLimit evidenceAfter(Proposal proposal) {
    EvidenceLimit started = new EvidenceLimit(session.startedAt(), "this service started");
    EvidenceLimit resumed =
        new EvidenceLimit(ledger.pauses().lastEnd().orElse(Instant.EPOCH), "a pause ended");
    EvidenceLimit acted =
        new EvidenceLimit(
            ledger.attempts().lastEndOn(proposal.instance()).orElse(Instant.EPOCH),
            "an action ended on the host");
    return started.orLater(resumed).orLater(acted);
  }

  private Situation.Scope scope(String id, Proposal proposal, Terms terms) {
    List<String> acting = ledger.remediations().hostsActedOnBy(proposal.policy(), id);
    return switch (terms.limits().scope()) {
      case Limits.Scope.FLEET ->
          new Situation.Scope(ledger.hosts().seenSince(session.now().minus(SEEN)), acting.size());
      case Limits.Scope.HOST ->
          new Situation.Scope(1, acting.contains(proposal.instance()) ? 1 : 0);
    };
  }
}
