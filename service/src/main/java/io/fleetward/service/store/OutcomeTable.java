package io.fleetward.service.store;

import io.fleetward.protocol.messages.Outcome;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// What hosts reported about plans, each report once. Confined to one transaction.
public final class OutcomeTable {
  private final Handle handle;

  OutcomeTable(Handle handle) {
    this.handle = handle;
  }

  /// Keeps a report about a plan that was made here; false if the same host said so before.
  public boolean addNew(Outcome outcome, Instant heardAt) {
    boolean known =
        handle
                .createQuery(
                    "SELECT count(*) FROM outcome WHERE plan = :plan AND instance = :instance AND status = :status")
                .bind("plan", outcome.plan())
                .bind("instance", outcome.instance())
                .bind("status", outcome.status().name())
                .mapTo(Integer.class)
                .one()
            > 0;
    if (known) {
      return false;
    }
    handle
        .createUpdate(
            "INSERT INTO outcome (plan, instance, status, heard_at, document) VALUES (:plan, :instance, :status, :heard_at, :document)")
        .bind("plan", outcome.plan())
        .bind("instance", outcome.instance())
        .bind("status", outcome.status().name())
        .bind("heard_at", heardAt.toEpochMilli())
        .bind("document", Documents.write(outcome))
        .execute();
    return true;
  }
}
