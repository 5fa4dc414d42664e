package io.fleetward.service.control;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.remediation.incident.Incident;
import io.fleetward.remediation.lifecycle.Remediation;
import io.fleetward.service.desk.FaultView;
import io.fleetward.service.desk.HostView;
import io.fleetward.service.desk.IncidentView;
import io.fleetward.service.desk.IncidentView.AlertView;
import io.fleetward.service.desk.IncidentView.TimelineEntry;
import io.fleetward.service.desk.RemediationView;
import io.fleetward.service.desk.RemediationView.ApprovalView;
import io.fleetward.service.store.FaultTable;
import io.fleetward.service.store.HostTable;
import io.fleetward.service.store.Ledger;
import io.fleetward.service.store.RemediationTable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is kept as people see it. Confined to one transaction.
final class Views {
  private final Ledger ledger;

  Views(Ledger ledger) {
    this.ledger = ledger;
  }

  IncidentView incident(Incident incident) {
    Instant resolvedAt =
        incident instanceof Incident.Resolved resolved ? resolved.resolvedAt() : null;
    return new IncidentView(
        incident.id(),
        incident.key().instance(),
        incident.title(),
        resolvedAt == null ? "open" : "resolved",
        incident.severity().name().toLowerCase(Locale.ROOT),
        incident.openedAt(),
        resolvedAt,
        ledger.alerts().ofIncident(incident.id()).stream().map(Views::alert).toList(),
        ledger.timeline().of(incident.id()).stream()
            .map(entry -> new TimelineEntry(entry.at(), entry.what(), entry.detail()))
            .toList(),
        ledger.remediations().idsOf(incident.id()),
        ledger.faults().find(incident.id()).map(Views::fault).orElse(null));
  }

  private static FaultView fault(FaultTable.Row row) {
    return new FaultView(
        row.signs().map(FaultSigns::at).orElse(null),
        row.signs().map(FaultSigns::kinds).orElse(List.of()),
        row.signs().map(FaultSigns::reason).orElse("no model told kinds"),
        row.signs().map(FaultSigns::deviations).orElse(List.of()),
        row.stated()
            .map(said ->
                new FaultView.Statement(said.kind(), said.person(), said.reason(), said.at()))
            .orElse(null));
  }

  private static AlertView alert(AlertMessage alert) {
    String state =
        switch (alert.state()) {
          case State.Pending _ -> "pending";
          case State.Firing _ -> "firing";
          case State.Resolved _ -> "resolved";
          case State.Dropped _ -> "dropped";
        };
    return new AlertView(
        alert.labels(),
        alert.annotations(),
        state,
        alert.value(),
        alert.state().activeAt(),
        alert.evaluatedAt());
  }

  RemediationView remediation(RemediationTable.Row row) {
    Remediation remediation = row.remediation();
    var dossier = remediation.dossier();
    var proposal = dossier.proposal();
    return new RemediationView(
        dossier.id(),
        proposal.claim().incident(),
        proposal.instance(),
        proposal.action(),
        proposal.parameters(),
        dossier.terms().risk().name().toLowerCase(Locale.ROOT),
        proposal.policy(),
        remediation.stateName(),
        remediation.detail(),
        proposal.requester(),
        row.proposalHash(),
        dossier.terms().approvalsNeeded(),
        ledger.approvals().of(dossier.id()).stream()
            .map(decision ->
                new ApprovalView(
                    decision.approval().person(),
                    decision.decision(),
                    decision.approval().reason(),
                    decision.approval().at()))
            .toList(),
        dossier.proposedAt(),
        expiresAt(remediation));
  }

  private static @Nullable Instant expiresAt(Remediation remediation) {
    return remediation instanceof Remediation.AwaitingApproval awaiting
        ? awaiting.expiresAt()
        : null;
  }

  static HostView host(HostTable.Announced host) {
    var announcement = host.announcement();
    return new HostView(
        announcement.instance(),
        announcement.labels(),
        announcement.kernel(),
        announcement.agentVersion(),
        announcement.actions(),
        host.announcedAt());
  }
}
