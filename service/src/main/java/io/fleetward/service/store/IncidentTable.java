package io.fleetward.service.store;

import io.fleetward.remediation.incident.Incident;
import io.fleetward.remediation.incident.IncidentKey;
import io.fleetward.remediation.incident.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Incidents. Confined to one transaction.
public final class IncidentTable {
  private final Handle handle;

  IncidentTable(Handle handle) {
    this.handle = handle;
  }

  public void insert(Incident.Open incident) {
    handle
        .createUpdate(
            """
            INSERT INTO incident (id, open_key, instance, alert_name, title, severity, opened_at)
            VALUES (:id, :open_key, :instance, :alert_name, :title, :severity, :opened_at)
            """)
        .bind("id", incident.id())
        .bind("open_key", incident.key().text())
        .bind("instance", incident.key().instance())
        .bind("alert_name", incident.key().alertName())
        .bind("title", incident.title())
        .bind("severity", incident.severity().name())
        .bind("opened_at", incident.openedAt().toEpochMilli())
        .execute();
  }

  public void update(Incident incident) {
    Long resolvedAt =
        switch (incident) {
          case Incident.Open _ -> null;
          case Incident.Resolved resolved -> resolved.resolvedAt().toEpochMilli();
        };
    handle
        .createUpdate(
            """
            UPDATE incident SET severity = :severity, resolved_at = :resolved_at, open_key = :open_key
            WHERE id = :id
            """)
        .bind("id", incident.id())
        .bind("severity", incident.severity().name())
        .bindByType("resolved_at", resolvedAt, Long.class)
        .bindByType("open_key", resolvedAt == null ? incident.key().text() : null, String.class)
        .execute();
  }

  /// Open incidents none of whose alerts was heard of since a time, but for those that are known to
  /// be silent.
  public List<Incident> unheardSince(Instant since) {
    return handle
        .createQuery(
            """
            SELECT * FROM incident WHERE resolved_at IS NULL AND silent_at IS NULL
              AND opened_at < :since AND NOT EXISTS (
                SELECT 1 FROM alert WHERE alert.incident = incident.id AND heard_at >= :since)
              ORDER BY opened_at, entered
            """)
        .bind("since", since.toEpochMilli())
        .map((row, _) -> incident(row))
        .list();
  }

  /// Notes that nobody knows whether an incident still lasts.
  public void silent(String id, Instant at) {
    handle
        .createUpdate("UPDATE incident SET silent_at = :at WHERE id = :id")
        .bind("id", id)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  /// Notes that an alert of an incident was heard of; whether it was silent before.
  public boolean heardAgain(String id) {
    return handle
            .createUpdate(
                "UPDATE incident SET silent_at = NULL WHERE id = :id AND silent_at IS NOT NULL")
            .bind("id", id)
            .execute()
        > 0;
  }

  public Optional<Incident.Open> open(IncidentKey key) {
    return handle
        .createQuery("SELECT * FROM incident WHERE open_key = :key")
        .bind("key", key.text())
        .map((row, _) -> incident(row))
        .findOne()
        .map(Incident.Open.class::cast);
  }

  public Optional<Incident> find(String id) {
    return handle
        .createQuery("SELECT * FROM incident WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> incident(row))
        .findOne();
  }

  /// Incidents that are more than an alert's word, by host: a repair was verified, or a person
  /// approved one.
  ///
  /// @param since those that were resolved before are left out
  public List<Incident> confirmed(Instant since) {
    return handle
        .createQuery(
            """
            SELECT * FROM incident WHERE (resolved_at IS NULL OR resolved_at >= :since)
              AND EXISTS (SELECT 1 FROM remediation WHERE remediation.incident = incident.id
                AND (remediation.state = 'verified' OR EXISTS (
                  SELECT 1 FROM approval WHERE approval.remediation = remediation.id
                  AND approval.decision = 'approve')))
              ORDER BY opened_at, entered
            """)
        .bind("since", since.toEpochMilli())
        .map((row, _) -> incident(row))
        .list();
  }

  /// Which incidents to list.
  public enum Which {
    ALL("1 = 1"),
    OPEN("resolved_at IS NULL"),
    RESOLVED("resolved_at IS NOT NULL");

    private final String condition;

    Which(String condition) {
      this.condition = condition;
    }
  }

  /// Incidents, newest first.
  public List<Incident> list(Which which, int limit) {
    return handle
        .createQuery(
            "SELECT * FROM incident WHERE %s ORDER BY opened_at DESC, entered DESC LIMIT :limit"
                .formatted(which.condition))
        .bind("limit", limit)
        .map((row, _) -> incident(row))
        .list();
  }

  private static Incident incident(ResultSet row) throws SQLException {
    String id = row.getString("id");
    IncidentKey key = new IncidentKey(row.getString("instance"), row.getString("alert_name"));
    String title = row.getString("title");
    Severity severity = Severity.valueOf(row.getString("severity"));
    Instant openedAt = Instant.ofEpochMilli(row.getLong("opened_at"));
    long resolvedAt = row.getLong("resolved_at");
    return row.wasNull()
        ? new Incident.Open(id, key, title, severity, openedAt)
        : new Incident.Resolved(
            id, key, title, severity, openedAt, Instant.ofEpochMilli(resolvedAt));
  }
}
