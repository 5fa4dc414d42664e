package io.fleetward.service.store;

import io.fleetward.service.desk.TraceEntry;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Every decision with its inputs (I16). Append-only. Confined to one transaction.
public final class TraceTable {
  private final Handle handle;

  TraceTable(Handle handle) {
    this.handle = handle;
  }

  /// @param incident empty where the decision concerns none, such as a pause
  public void add(Optional<String> incident, TraceEntry entry) {
    handle
        .createUpdate(
            """
            INSERT INTO trace (incident, at, decision, subject, document)
            VALUES (:incident, :at, :decision, :subject, :document)
            """)
        .bindByType("incident", incident.orElse(null), String.class)
        .bind("at", entry.at().toEpochMilli())
        .bind("decision", entry.decision())
        .bind("subject", entry.subject())
        .bind("document", Documents.write(entry))
        .execute();
  }

  /// Decisions, in the order in which they were taken.
  public List<TraceEntry> of(String incident) {
    return handle
        .createQuery("SELECT document FROM trace WHERE incident = :incident ORDER BY id")
        .bind("incident", incident)
        .map((row, _) -> Documents.read(row.getString("document"), TraceEntry.class))
        .list();
  }
}
