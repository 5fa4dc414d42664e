package io.fleetward.service.store;

import io.fleetward.remediation.incident.TimelineEntry;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What happened in incidents. Confined to one transaction.
public final class TimelineTable {
  private final Handle handle;

  TimelineTable(Handle handle) {
    this.handle = handle;
  }

  public void add(String incident, TimelineEntry entry) {
    handle
        .createUpdate(
            "INSERT INTO timeline (incident, at, what, detail) VALUES (:incident, :at, :what, :detail)")
        .bind("incident", incident)
        .bind("at", entry.at().toEpochMilli())
        .bind("what", entry.what())
        .bind("detail", entry.detail())
        .execute();
  }

  /// Adds an entry unless the same happened at that time already: messages are told again.
  public void addOnce(String incident, TimelineEntry entry) {
    boolean known =
        handle
                .createQuery(
                    "SELECT count(*) FROM timeline WHERE incident = :incident AND at = :at AND what = :what")
                .bind("incident", incident)
                .bind("at", entry.at().toEpochMilli())
                .bind("what", entry.what())
                .mapTo(Integer.class)
                .one()
            > 0;
    if (!known) {
      add(incident, entry);
    }
  }

  /// Entries, oldest first.
  public List<TimelineEntry> of(String incident) {
    return handle
        .createQuery("SELECT * FROM timeline WHERE incident = :incident ORDER BY at, id")
        .bind("incident", incident)
        .map((row, _) ->
            new TimelineEntry(
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("what"),
                row.getString("detail")))
        .list();
  }
}
