package io.fleetward.service.control;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.remediation.incident.IncidentLifecycle;
import io.fleetward.remediation.incident.TimelineEntry;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.IncidentView;
import io.fleetward.service.store.FaultTable;
import io.fleetward.service.store.FaultTable.Statement;
import io.fleetward.service.store.Ledger;
import java.util.List;
import java.util.Optional;

/// Keeps what kinds of faults incidents look like, and what people say they are. Confined to one
/// session.
final class FaultBook {
  private final Session session;
  private final Ledger ledger;

  FaultBook(Session session) {
    this.session = session;
    this.ledger = session.ledger();
  }

  /// Takes in what an alert's message says of the fault while the alert fires. The timeline tells
  /// it again only when another kind comes first.
  void hear(String incident, AlertMessage alert) {
    FaultSigns signs = alert.fault();
    if (signs == null || !(alert.state() instanceof State.Firing)) {
      return;
    }
    Optional<FaultSigns> before = ledger.faults().find(incident).flatMap(FaultTable.Row::signs);
    if (before.equals(Optional.of(signs))) {
      return;
    }
    ledger.faults().found(incident, signs);
    if (!before.map(FaultBook::first).equals(Optional.of(first(signs)))) {
      ledger.timeline().add(incident, IncidentLifecycle.faultKind(signs, alert.evaluatedAt()));
    }
  }

  private static String first(FaultSigns signs) {
    return signs.kinds().isEmpty() ? "" : signs.kinds().getFirst().kind();
  }

  /// Takes in what a person says; a later word replaces an earlier one.
  ///
  /// @return the incident as it stands then; empty if there is none of that id
  Optional<IncidentView> state(String id, String kind, String reason, Person person) {
    return ledger
        .incidents()
        .find(id)
        .map(incident -> {
          ledger.faults().state(id, new Statement(kind, person.name(), reason, session.now()));
          ledger
              .timeline()
              .add(
                  id,
                  new TimelineEntry(
                      session.now(),
                      "fault-stated",
                      "%s, says %s: %s".formatted(kind, person.name(), reason)));
          session.trace(
              Optional.of(id),
              "state-fault",
              "incident " + id,
              reason,
              List.of(),
              List.of("person=" + person.name(), "kind=" + kind));
          return new Views(ledger).incident(incident);
        });
  }
}
