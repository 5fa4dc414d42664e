package io.fleetward.service.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Signed plans on their way to the broker. Confined to one transaction.
public final class OutboxTable {
  private final Handle handle;

  OutboxTable(Handle handle) {
    this.handle = handle;
  }

  /// @param envelope the signed bytes as text; what is sent is exactly this
  public record Letter(
      String plan, String remediation, String instance, String envelope, Instant expiresAt) {}

  /// A letter that is not done.
  ///
  /// @param writtenAt when the plan was made
  /// @param attempted whether it may have been sent already
  public record Waiting(Letter letter, Instant writtenAt, boolean attempted) {}

  public void write(Letter letter, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO outbox (plan, remediation, instance, envelope, written_at, expires_at, waiting)
            VALUES (:plan, :remediation, :instance, :envelope, :written_at, :expires_at, :plan)
            """)
        .bind("plan", letter.plan())
        .bind("remediation", letter.remediation())
        .bind("instance", letter.instance())
        .bind("envelope", letter.envelope())
        .bind("written_at", now.toEpochMilli())
        .bind("expires_at", letter.expiresAt().toEpochMilli())
        .execute();
  }

  /// Those that are not done, oldest first.
  public List<Waiting> waiting() {
    return handle
        .createQuery("SELECT * FROM outbox WHERE waiting IS NOT NULL ORDER BY written_at, plan")
        .map((row, _) ->
            new Waiting(
                new Letter(
                    row.getString("plan"),
                    row.getString("remediation"),
                    row.getString("instance"),
                    row.getString("envelope"),
                    Instant.ofEpochMilli(row.getLong("expires_at"))),
                Instant.ofEpochMilli(row.getLong("written_at")),
                Optional.ofNullable(row.getString("attempted_at")).isPresent()))
        .list();
  }

  /// Notes that a plan is about to be sent: from now on a host may have it.
  ///
  /// @return false if it was taken back or done meanwhile, so must not be sent
  public boolean attempt(String plan, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE outbox SET attempted_at = :now
                WHERE plan = :plan AND waiting IS NOT NULL
                """)
            .bind("plan", plan)
            .bind("now", now.toEpochMilli())
            .execute()
        > 0;
  }

  /// Takes a plan back that nobody tried to send.
  ///
  /// @return false if somebody did meanwhile, so that a host may have it
  public boolean takeBack(String plan, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE outbox SET done_at = :now, waiting = NULL
                WHERE plan = :plan AND waiting IS NOT NULL AND attempted_at IS NULL
                """)
            .bind("plan", plan)
            .bind("now", now.toEpochMilli())
            .execute()
        > 0;
  }

  /// Notes that a plan needs no more sending.
  public void done(String plan, Instant now) {
    handle
        .createUpdate("UPDATE outbox SET done_at = :now, waiting = NULL WHERE plan = :plan")
        .bind("plan", plan)
        .bind("now", now.toEpochMilli())
        .execute();
  }
}
