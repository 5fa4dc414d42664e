package io.fleetward.service.store;

import io.fleetward.service.desk.PauseView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Pauses, in force and past. Confined to one transaction.
public final class PauseTable {
  private final Handle handle;

  PauseTable(Handle handle) {
    this.handle = handle;
  }

  public void insert(PauseView pause) {
    handle
        .createUpdate(
            "INSERT INTO pause (id, reason, owner, since) VALUES (:id, :reason, :owner, :since)")
        .bind("id", pause.id())
        .bind("reason", pause.reason())
        .bind("owner", pause.owner())
        .bind("since", pause.since().toEpochMilli())
        .execute();
  }

  /// Ends a pause; false if there is none of that id in force.
  public boolean end(String id, String person, Instant now) {
    return handle
            .createUpdate(
                "UPDATE pause SET ended_at = :now, ended_by = :person WHERE id = :id AND ended_at IS NULL")
            .bind("id", id)
            .bind("person", person)
            .bind("now", now.toEpochMilli())
            .execute()
        > 0;
  }

  /// Those in force, oldest first.
  public List<PauseView> inForce() {
    return handle
        .createQuery("SELECT * FROM pause WHERE ended_at IS NULL ORDER BY since, id")
        .map((row, _) ->
            new PauseView(
                row.getString("id"),
                row.getString("reason"),
                row.getString("owner"),
                Instant.ofEpochMilli(row.getLong("since"))))
        .list();
  }

  /// When a pause last ended.
  public Optional<Instant> lastEnd() {
    return handle
        .createQuery("SELECT max(ended_at) FROM pause")
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }
}
