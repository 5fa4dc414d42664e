package io.fleetward.service.control;

import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.remediation.incident.Incident;
import io.fleetward.remediation.incident.TimelineEntry;
import io.fleetward.remediation.lifecycle.Remediation;
import io.fleetward.remediation.lifecycle.Remediation.Phase;
import io.fleetward.remediation.lifecycle.RemediationEvent.PlanLapsed;
import io.fleetward.remediation.lifecycle.RemediationEvent.PolicyChanged;
import io.fleetward.remediation.lifecycle.RemediationEvent.Ticked;
import io.fleetward.remediation.proposal.Proposal;
import io.fleetward.service.store.Ledger;
import io.fleetward.service.store.OutboxTable;
import io.fleetward.service.store.RemediationTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after what waits: when time goes by, and when a process takes over. Confined to one
/// session.
final class Rounds {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  private final Session session;
  private final Ledger ledger;
  private final Execution execution;

  Rounds(Session session) {
    this.session = session;
    this.ledger = session.ledger();
    this.execution = new Execution(session);
  }

  /// Drops proposals of policies that are no longer in force and plans that were never sent.
  void takeOver() {
    dropOutdated();
    for (OutboxTable.Waiting waiting : ledger.outbox().waiting()) {
      if (!waiting.attempted()) {
        lapse(waiting.letter().plan());
      }
    }
  }

  /// Drops proposals of policies that are no longer in force.
  void dropOutdated() {
    for (RemediationTable.Row row : ledger.remediations().inPhase(Phase.WAITING)) {
      Proposal proposal = row.remediation().dossier().proposal();
      var policies = session.mandate().policies();
      String inForce = policies.find(proposal.policy()).map(policies::versionOf).orElse("");
      if (!inForce.equals(proposal.policyVersion())) {
        String reason =
            "policy %s was %s; the alert is judged again under the policies in force"
                .formatted(proposal.policy(), inForce.isEmpty() ? "removed" : "changed");
        execution.apply(row.remediation(), new PolicyChanged(reason, session.now()));
      }
    }
  }

  void tick() {
    tellSilence();
    for (RemediationTable.Row row : ledger.remediations().timed()) {
      execution.apply(row.remediation(), new Ticked(session.now()));
      ledger
          .remediations()
          .find(row.remediation().dossier().id())
          .map(RemediationTable.Row::remediation)
          .filter(Remediation.Approved.class::isInstance)
          .map(Remediation.Approved.class::cast)
          .ifPresent(execution::judge);
    }
  }

  /// Says once of an open incident that nobody knows any more whether it lasts: it is neither
  /// resolved nor acted upon (I12). Silence counts only while this process could have heard
  /// something.
  private void tellSilence() {
    Duration patience = session.mandate().undeterminedAfter();
    Instant since = session.now().minus(patience);
    if (!session.startedAt().isBefore(since)) {
      return;
    }
    for (Incident incident : ledger.incidents().unheardSince(since)) {
      String reason =
          "nothing was heard of its alerts for %s, so nobody knows whether it lasts; look at the host, its agent and the rules"
              .formatted(PrometheusDuration.format(patience));
      ledger.incidents().silent(incident.id(), session.now());
      ledger
          .timeline()
          .add(incident.id(), new TimelineEntry(session.now(), "undetermined", reason));
      session.trace(
          Optional.of(incident.id()),
          "undetermined",
          "incident " + incident.id(),
          reason,
          List.of(),
          List.of("unheard_since=" + since));
      session.tell(events -> events.peopleToldOf("undetermined"));
      log.atWarn()
          .addKeyValue("incident", incident.id())
          .addKeyValue("instance", incident.key().instance())
          .addKeyValue("reason", reason)
          .log("incident undetermined");
    }
  }

  /// Takes back a plan that no host can have got; one that another thread or process began to send
  /// meanwhile stays (I6).
  void lapse(String plan) {
    if (!ledger.outbox().takeBack(plan, session.now())) {
      return;
    }
    ledger
        .remediations()
        .ofPlan(plan)
        .ifPresent(row -> {
          ledger.attempts().forget(plan);
          execution.apply(row.remediation(), new PlanLapsed(plan, session.now()));
          session.tell(ControlEvents::planLapsed);
        });
  }
}
