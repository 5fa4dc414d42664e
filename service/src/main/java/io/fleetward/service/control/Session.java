package io.fleetward.service.control;

import io.fleetward.remediation.guard.GuardFinding;
import io.fleetward.service.desk.TraceEntry;
import io.fleetward.service.desk.TraceEntry.GuardView;
import io.fleetward.service.store.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One transaction's worth of deciding, at one instant. Confined to the thread that holds the lock.
final class Session {
  private final Ledger ledger;
  private final Mandate mandate;
  private final Instant startedAt;
  private final Instant now;
  private final List<Consumer<ControlEvents>> news = new ArrayList<>();
  private boolean planWritten;

  /// @param startedAt when this process took over, in the broker's time
  Session(Ledger ledger, Mandate mandate, Instant startedAt) {
    this.ledger = ledger;
    this.mandate = mandate;
    this.startedAt = startedAt;
    this.now = mandate.clock().now();
  }

  Ledger ledger() {
    return ledger;
  }

  Mandate mandate() {
    return mandate;
  }

  Instant startedAt() {
    return startedAt;
  }

  Instant now() {
    return now;
  }

  /// Keeps news for the metrics until the transaction is committed.
  void tell(Consumer<ControlEvents> event) {
    news.add(event);
  }

  void planWasWritten() {
    planWritten = true;
  }

  boolean planWritten() {
    return planWritten;
  }

  List<Consumer<ControlEvents>> news() {
    return List.copyOf(news);
  }

  /// Records a decision (I16).
  void trace(
      Optional<String> incident,
      String decision,
      String subject,
      String reason,
      List<GuardFinding> findings,
      List<String> inputs) {
    List<GuardView> guards =
        findings.stream()
            .map(f -> new GuardView(f.guard(), f.objects(), f.reason(), f.remedy()))
            .toList();
    ledger.traces().add(incident, new TraceEntry(now, decision, subject, reason, guards, inputs));
  }
}
