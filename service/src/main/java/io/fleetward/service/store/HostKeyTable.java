package io.fleetward.service.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Keys of hosts, in force and revoked. Confined to one transaction.
public final class HostKeyTable {
  private final Handle handle;

  HostKeyTable(Handle handle) {
    this.handle = handle;
  }

  /// @param publicKey in PEM
  /// @param scrapeKey in hexadecimal; empty once revoked
  /// @param revokedAt null while it is in force
  public record Row(
      String instance,
      String fingerprint,
      String publicKey,
      String scrapeKey,
      Instant enrolledAt,
      String enrolledBy,
      @Nullable Instant revokedAt,
      @Nullable String revokedBy) {
    /// Without the secret, so that it cannot slip into a log.
    @Override
    public String toString() {
      return "HostKey[%s %s]".formatted(instance, fingerprint);
    }
  }

  /// Keeps a key that is in force from now on. A host has one at most.
  public void insert(Row key) {
    handle
        .createUpdate(
            """
            INSERT INTO host_key
              (fingerprint, instance, public_key, scrape_key, enrolled_at, enrolled_by, active)
            VALUES (:fingerprint, :instance, :publicKey, :scrapeKey, :at, :by, :instance)
            """)
        .bind("fingerprint", key.fingerprint())
        .bind("instance", key.instance())
        .bind("publicKey", key.publicKey())
        .bind("scrapeKey", key.scrapeKey())
        .bind("at", key.enrolledAt().toEpochMilli())
        .bind("by", key.enrolledBy())
        .execute();
  }

  /// Gives a key in force another scrape key.
  public void renew(String fingerprint, String scrapeKey) {
    handle
        .createUpdate(
            "UPDATE host_key SET scrape_key = :scrapeKey WHERE fingerprint = :fingerprint AND active IS NOT NULL")
        .bind("fingerprint", fingerprint)
        .bind("scrapeKey", scrapeKey)
        .execute();
  }

  /// Revokes the key that a host has; false if it has none.
  public boolean revoke(String instance, String person, Instant now) {
    return handle
            .createUpdate(
                "UPDATE host_key SET revoked_at = :now, revoked_by = :person, active = NULL, scrape_key = '' WHERE active = :instance")
            .bind("instance", instance)
            .bind("person", person)
            .bind("now", now.toEpochMilli())
            .execute()
        > 0;
  }

  /// A key by its fingerprint, revoked or not.
  public Optional<Row> find(String fingerprint) {
    return handle
        .createQuery("SELECT * FROM host_key WHERE fingerprint = :fingerprint")
        .bind("fingerprint", fingerprint)
        .map((row, _) -> rowOf(row))
        .findOne();
  }

  /// The key that a host has; empty if it has none in force.
  public Optional<Row> ofInstance(String instance) {
    return handle
        .createQuery("SELECT * FROM host_key WHERE active = :instance")
        .bind("instance", instance)
        .map((row, _) -> rowOf(row))
        .findOne();
  }

  /// All keys, by instance, the newest of each first.
  public List<Row> list() {
    return handle
        .createQuery("SELECT * FROM host_key ORDER BY instance, enrolled_at DESC")
        .map((row, _) -> rowOf(row))
        .list();
  }

  private static Row rowOf(ResultSet row) throws SQLException {
    long revokedAt = row.getLong("revoked_at");
    return new Row(
        row.getString("instance"),
        row.getString("fingerprint"),
        row.getString("public_key"),
        row.getString("scrape_key"),
        Instant.ofEpochMilli(row.getLong("enrolled_at")),
        row.getString("enrolled_by"),
        revokedAt == 0 ? null : Instant.ofEpochMilli(revokedAt),
        row.getString("revoked_by"));
  }
}
