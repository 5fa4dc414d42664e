package io.fleetward.service.store;

import io.fleetward.protocol.messages.HostAnnouncement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Hosts that were heard of. Confined to one transaction.
public final class HostTable {
  private final Handle handle;

  HostTable(Handle handle) {
    this.handle = handle;
  }

  /// @param announcedAt when the announcement arrived
  public record Announced(HostAnnouncement announcement, Instant announcedAt) {}

  /// Notes that a host was heard of; an earlier time than the known one changes nothing.
  public void seen(String instance, Instant at) {
    int known =
        handle
            .createQuery("SELECT count(*) FROM host WHERE instance = :instance")
            .bind("instance", instance)
            .mapTo(Integer.class)
            .one();
    String statement =
        known == 0
            ? "INSERT INTO host (instance, seen_at) VALUES (:instance, :at)"
            : "UPDATE host SET seen_at = :at WHERE instance = :instance AND seen_at < :at";
    handle
        .createUpdate(statement)
        .bind("instance", instance)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  public void announced(Announced host) {
    seen(host.announcement().instance(), host.announcedAt());
    handle
        .createUpdate(
            "UPDATE host SET announced_at = :at, document = :document WHERE instance = :instance")
        .bind("instance", host.announcement().instance())
        .bind("at", host.announcedAt().toEpochMilli())
        .bind("document", Documents.write(host.announcement()))
        .execute();
  }

  public int seenSince(Instant since) {
    return handle
        .createQuery("SELECT count(*) FROM host WHERE seen_at >= :since")
        .bind("since", since.toEpochMilli())
        .mapTo(Integer.class)
        .one();
  }

  public boolean wasSeen(String instance, Instant since) {
    return handle
            .createQuery(
                "SELECT count(*) FROM host WHERE instance = :instance AND seen_at >= :since")
            .bind("instance", instance)
            .bind("since", since.toEpochMilli())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /// The newest announcement of a host; empty if it never announced itself.
  public Optional<HostAnnouncement> find(String instance) {
    return handle
        .createQuery(
            "SELECT document FROM host WHERE instance = :instance AND document IS NOT NULL")
        .bind("instance", instance)
        .map((row, _) -> Documents.read(row.getString("document"), HostAnnouncement.class))
        .findOne();
  }

  /// Hosts that announced themselves, by instance.
  public List<Announced> list() {
    return handle
        .createQuery("SELECT * FROM host WHERE document IS NOT NULL ORDER BY instance")
        .map((row, _) ->
            new Announced(
                Documents.read(row.getString("document"), HostAnnouncement.class),
                Instant.ofEpochMilli(row.getLong("announced_at"))))
        .list();
  }
}
