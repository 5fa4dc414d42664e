package io.fleetward.service.control;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.remediation.incident.AlertFingerprint;
import io.fleetward.remediation.incident.Incident;
import io.fleetward.remediation.incident.IncidentKey;
import io.fleetward.remediation.incident.IncidentLifecycle;
import io.fleetward.remediation.incident.TimelineEntry;
import io.fleetward.remediation.lifecycle.Remediation;
import io.fleetward.remediation.lifecycle.RemediationEvent.AlertObserved;
import io.fleetward.remediation.policy.Policy;
import io.fleetward.remediation.policy.PolicySet;
import io.fleetward.remediation.proposal.Draft;
import io.fleetward.remediation.proposal.Proposal;
import io.fleetward.service.store.AlertTable;
import io.fleetward.service.store.Ledger;
import io.fleetward.service.store.RemediationTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns alert messages into incidents and proposals. Confined to one session.
final class AlertBook {
  private static final Logger log = LoggerFactory.getLogger(AlertBook.class);

  private final Session session;
  private final Ledger ledger;
  private final Execution execution;

  AlertBook(Session session) {
    this.session = session;
    this.ledger = session.ledger();
    this.execution = new Execution(session);
  }

  /// Takes in a message; one that is older than what is known, or told again, changes nothing.
  void hear(AlertMessage alert) {
    String fingerprint = AlertFingerprint.of(alert).text();
    Optional<AlertTable.Row> known = ledger.alerts().find(fingerprint);
    if (known.isPresent() && !isNews(alert, known.get().message())) {
      session.tell(events -> events.duplicate(Topics.ALERTS));
      return;
    }
    if (!alert.concernsSeveralHosts()) {
      ledger.hosts().seen(alert.instance(), alert.evaluatedAt());
    }
    Optional<String> incident =
        alert.state() instanceof State.Firing
            ? Optional.of(openIncident(alert))
            : known.flatMap(AlertTable.Row::incident);
    String held = known.map(AlertTable.Row::held).orElse("");
    save(new AlertTable.Row(fingerprint, incident, held, alert));
    incident.ifPresent(id -> {
      endSilence(id);
      recordHistory(id, alert);
      new FaultBook(session).hear(id, alert);
      observe(fingerprint, alert);
      settle(id);
    });
    if (alert.state() instanceof State.Firing && incident.isPresent()) {
      String holds = propose(incident.get(), alert, held);
      if (!holds.equals(held)) {
        save(new AlertTable.Row(fingerprint, incident, holds, alert));
      }
    }
  }

  private void save(AlertTable.Row row) {
    ledger.alerts().save(row, session.now());
  }

  private void endSilence(String incident) {
    if (ledger.incidents().heardAgain(incident)) {
      String detail = "its alerts are told again";
      ledger.timeline().add(incident, new TimelineEntry(session.now(), "heard-again", detail));
    }
  }

  private static boolean isNews(AlertMessage alert, AlertMessage known) {
    return alert.evaluatedAt().isAfter(known.evaluatedAt())
        || (alert.evaluatedAt().equals(known.evaluatedAt())
            && progress(alert.state()) > progress(known.state()));
  }

  /// How far an alert has come within one evaluation, which may take it further than one state.
  private static int progress(State state) {
    return switch (state) {
      case State.Pending _ -> 0;
      case State.Firing _ -> 1;
      case State.Resolved _, State.Dropped _ -> 2;
    };
  }

  private String openIncident(AlertMessage alert) {
    IncidentKey key = IncidentKey.of(alert);
    return ledger
        .incidents()
        .open(key)
        .map(Incident.Open::id)
        .orElseGet(() -> {
          String id = session.mandate().identifiers().next("inc");
          Incident.Open incident = IncidentLifecycle.open(id, alert, session.now());
          ledger.incidents().insert(incident);
          ledger
              .timeline()
              .add(id, new TimelineEntry(session.now(), "incident-opened", incident.title()));
          session.trace(
              Optional.of(id),
              "open-incident",
              "incident " + id,
              "the alert fires and belongs to no open incident",
              List.of(),
              inputs(alert));
          session.tell(ControlEvents::incidentOpened);
          log.atInfo()
              .addKeyValue("incident", id)
              .addKeyValue("instance", key.instance())
              .addKeyValue("alert", key.alertName())
              .log("incident opened");
          return id;
        });
  }

  private static List<String> inputs(AlertMessage alert) {
    return List.of(
        "labels=" + Labels.from(alert.labels()),
        "expression=" + alert.expression(),
        "value=" + alert.value(),
        "evaluated_at=" + alert.evaluatedAt(),
        "newest_sample_at=" + alert.newestSampleAt(),
        "rules_version=" + alert.rulesVersion());
  }

  private void recordHistory(String incident, AlertMessage alert) {
    if (hasFired(alert.state())) {
      IncidentLifecycle.history(alert).forEach(entry -> ledger.timeline().addOnce(incident, entry));
    }
  }

  /// What was only pending is no part of the incident that the alert belonged to before.
  private static boolean hasFired(State state) {
    return switch (state) {
      case State.Pending _ -> false;
      case State.Firing _, State.Dropped _ -> true;
      case State.Resolved resolved -> resolved.firedAt() != null;
    };
  }

  private void observe(String fingerprint, AlertMessage alert) {
    for (RemediationTable.Row row : ledger.remediations().openOfAlert(fingerprint)) {
      execution.apply(row.remediation(), new AlertObserved(alert, session.now()));
      ledger
          .remediations()
          .find(row.remediation().dossier().id())
          .map(RemediationTable.Row::remediation)
          .filter(Remediation.Approved.class::isInstance)
          .map(Remediation.Approved.class::cast)
          .ifPresent(execution::judge);
    }
  }

  private void settle(String incident) {
    Optional<Incident> found = ledger.incidents().find(incident);
    if (found.isEmpty() || !(found.get() instanceof Incident.Open open)) {
      return;
    }
    Incident next =
        IncidentLifecycle.next(open, ledger.alerts().ofIncident(incident), session.now());
    if (!next.equals(open)) {
      ledger.incidents().update(next);
    }
    if (next instanceof Incident.Resolved resolved) {
      String reason = "none of its alerts fires any more";
      ledger
          .timeline()
          .add(incident, new TimelineEntry(resolved.resolvedAt(), "incident-resolved", reason));
      session.trace(
          Optional.of(incident),
          "resolve-incident",
          "incident " + incident,
          reason,
          List.of(),
          List.of());
      session.tell(ControlEvents::incidentResolved);
      log.atInfo().addKeyValue("incident", incident).log("incident resolved");
    }
  }

  /// @param before what held it when it was last judged, which is not told again
  /// @return why nothing was proposed that could have been; empty if nothing stood in the way
  private String propose(String incident, AlertMessage alert, String before) {
    PolicySet policies = session.mandate().policies();
    boolean hasTarget = !alert.concernsSeveralHosts();
    List<Policy> matching = hasTarget ? policies.matching(Labels.from(alert.labels())) : List.of();
    String held =
        !hasTarget
            ? "its rule looks across hosts: nothing is done to a host on what others say"
            : matching.isEmpty() ? "no policy matches" : "";
    for (Policy policy : matching) {
      Proposal proposal = Draft.of(policies, policy, 0, incident, alert).proposal();
      OptionalInt rung = rungDue(proposal);
      if (rung.isPresent()) {
        Optional<String> other = ledger.remediations().openOn(proposal.instance(), policy.name());
        if (other.isEmpty()) {
          execution.begin(Draft.of(policies, policy, rung.getAsInt(), incident, alert));
        } else {
          held =
              "policy %s has %s open on %s"
                  .formatted(policy.name(), other.get(), proposal.instance());
        }
      }
    }
    if (!held.isEmpty() && !held.equals(before)) {
      session.trace(
          Optional.of(incident),
          "hold",
          "alert " + Labels.from(alert.labels()),
          held,
          List.of(),
          inputs(alert));
    }
    return held;
  }

  /// The first rung, or the one that expired before anything was dispatched: the alert still fires,
  /// so people are asked again (I10). Whatever else came of it ends this episode's proposals.
  private OptionalInt rungDue(Proposal first) {
    Optional<Remediation> last = ledger.remediations().lastLike(first);
    if (last.isEmpty()) {
      return OptionalInt.of(first.rung());
    }
    return last.get() instanceof Remediation.Expired(var dossier, _, _)
        ? OptionalInt.of(dossier.proposal().rung())
        : OptionalInt.empty();
  }
}
