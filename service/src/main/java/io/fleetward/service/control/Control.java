package io.fleetward.service.control;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.HostAnnouncement;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.remediation.lifecycle.Remediation.Phase;
import io.fleetward.remediation.policy.PolicySet;
import io.fleetward.service.desk.Desk;
import io.fleetward.service.desk.DeskUnavailableException;
import io.fleetward.service.desk.HostView;
import io.fleetward.service.desk.IncidentView;
import io.fleetward.service.desk.PauseView;
import io.fleetward.service.desk.RemediationView;
import io.fleetward.service.desk.TraceEntry;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseUnavailableException;
import io.fleetward.service.store.HostTable;
import io.fleetward.service.store.IncidentTable.Which;
import io.fleetward.service.store.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// The control side's decisions: each piece of news is one transaction, one at a time under one
/// lock, whichever thread brings it. Reading for people takes no lock. Thread safe.
public final class Control implements Desk {
  private final Database database;
  private final ControlEvents events;
  private final Wakeup planWritten;
  private final Wakeup pauseChanged;
  private final ReentrantLock lock = new ReentrantLock();

  /// Replaced only under the lock.
  private volatile Mandate mandate;

  private Instant startedAt;

  /// @param planWritten is signalled after a commit that put a plan into the outbox
  /// @param pauseChanged is signalled after a commit that began or ended a pause
  Control(
      Database database,
      Mandate mandate,
      ControlEvents events,
      Wakeup planWritten,
      Wakeup pauseChanged) {
    this.database = database;
    this.mandate = mandate;
    this.events = events;
    this.planWritten = planWritten;
    this.pauseChanged = pauseChanged;
    this.startedAt = mandate.clock().localTime();
  }

  /// Takes over what an earlier process left: evidence counts only from now on (I5), proposals of
  /// policies that are no longer in force are dropped, plans that were never sent are judged again.
  ///
  /// People can pause, resume and decide before it too (I4); nothing is dispatched until the
  /// broker's time is known.
  public void begin() {
    lock.lock();
    try {
      startedAt = mandate.clock().localTime();
    } finally {
      lock.unlock();
    }
    transact(session -> {
      new Rounds(session).takeOver();
      return true;
    });
    events.pausesInForce(pauses().size());
  }

  /// Decides by other policies from now on. Proposals of policies that changed or went are dropped;
  /// plans that were made already were judged by what was in force then, and live 60 s.
  ///
  /// @throws DatabaseUnavailableException if that cannot be recorded; then nothing changes
  public void activate(PolicySet policies) {
    lock.lock();
    try {
      Mandate next = mandate.with(policies);
      transact(
          next,
          session -> {
            new Rounds(session).dropOutdated();
            return true;
          });
      mandate = next;
    } finally {
      lock.unlock();
    }
  }

  private <T> T transact(Function<Session, T> decision) {
    lock.lock();
    try {
      return transact(mandate, decision);
    } finally {
      lock.unlock();
    }
  }

  private <T> T transact(Mandate mandate, Function<Session, T> decision) {
    lock.lock();
    try {
      record Decided<T>(T result, Session session) {}
      Instant since = mandate.clock().inBrokerTime(startedAt);
      Decided<T> decided =
          database.transaction(ledger -> {
            Session session = new Session(ledger, mandate, since);
            return new Decided<>(decision.apply(session), session);
          });
      for (Consumer<ControlEvents> news : decided.session().news()) {
        news.accept(events);
      }
      if (decided.session().planWritten()) {
        planWritten.signal();
      }
      return decided.result();
    } finally {
      lock.unlock();
    }
  }

  public void alertHeard(AlertMessage alert) {
    transact(session -> {
      new AlertBook(session).hear(alert);
      return true;
    });
  }

  /// Takes in what a host reported; the caller has checked that the host signed it.
  ///
  /// @param appendedAt when the broker had the report
  public void outcomeHeard(Outcome outcome, Instant appendedAt) {
    transact(session -> {
      new OutcomeBook(session).hear(outcome, appendedAt);
      return true;
    });
  }

  public void hostAnnounced(HostAnnouncement host, Instant at) {
    transact(session -> {
      session.ledger().hosts().announced(new HostTable.Announced(host, at));
      return true;
    });
  }

  /// Lets time go by: what waits expires, what is overdue escalates, what was held is judged again.
  public void tick() {
    transact(session -> {
      new Rounds(session).tick();
      return true;
    });
  }

  /// Takes back a plan that nobody tried to send.
  void planLapsed(String plan) {
    transact(session -> {
      new Rounds(session).lapse(plan);
      return true;
    });
  }

  @Override
  public Decision decide(String remediation, Verdict verdict, String reason, Person person) {
    return answer(() ->
        transact(
            session -> new DecisionBook(session).decide(remediation, verdict, reason, person)));
  }

  @Override
  public Optional<IncidentView> stateFault(
      String incident, String kind, String reason, Person person) {
    return answer(
        () -> transact(session -> new FaultBook(session).state(incident, kind, reason, person)));
  }

  @Override
  public PauseView pause(String reason, Person person) {
    PauseView pause =
        answer(() -> transact(session -> new DecisionBook(session).pause(reason, person)));
    pausesChanged();
    return pause;
  }

  @Override
  public boolean resume(String pause, Person person) {
    boolean ended =
        answer(() -> transact(session -> new DecisionBook(session).resume(pause, person)));
    pausesChanged();
    return ended;
  }

  private void pausesChanged() {
    pauseChanged.signal();
    events.pausesInForce(pauses().size());
  }

  @Override
  public List<IncidentView> incidents(Optional<String> state, int limit) {
    Which which =
        switch (state.orElse("")) {
          case "" -> Which.ALL;
          case "open" -> Which.OPEN;
          default -> Which.RESOLVED;
        };
    if (state.isPresent() && !List.of("open", "resolved").contains(state.get())) {
      return List.of();
    }
    return read(ledger ->
        ledger.incidents().list(which, limit).stream().map(new Views(ledger)::incident).toList());
  }

  @Override
  public Optional<IncidentView> incident(String id) {
    return read(ledger -> ledger.incidents().find(id).map(new Views(ledger)::incident));
  }

  @Override
  public List<TraceEntry> trace(String incident) {
    return read(ledger -> ledger.traces().of(incident));
  }

  @Override
  public List<RemediationView> remediations(Optional<String> state, int limit) {
    return read(ledger ->
        ledger.remediations().list(state, limit).stream()
            .map(new Views(ledger)::remediation)
            .toList());
  }

  @Override
  public Optional<RemediationView> remediation(String id) {
    return read(ledger -> ledger.remediations().find(id).map(new Views(ledger)::remediation));
  }

  @Override
  public List<PauseView> pauses() {
    return read(ledger -> ledger.pauses().inForce());
  }

  @Override
  public List<HostView> hosts() {
    return read(ledger -> ledger.hosts().list().stream().map(Views::host).toList());
  }

  /// How many remediations may have an action under way.
  public int underWay() {
    return read(ledger -> ledger.remediations().inPhase(Phase.UNDER_WAY).size());
  }

  private <T> T read(Function<Ledger, T> question) {
    return answer(() -> database.transaction(question));
  }

  private static <T> T answer(java.util.function.Supplier<T> question) {
    try {
      return question.get();
    } catch (DatabaseUnavailableException e) {
      throw new DeskUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }
}
