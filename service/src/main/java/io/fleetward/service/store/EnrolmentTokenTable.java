package io.fleetward.service.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Tokens by which hosts are enrolled. Confined to one transaction.
public final class EnrolmentTokenTable {
  private final Handle handle;

  EnrolmentTokenTable(Handle handle) {
    this.handle = handle;
  }

  /// @param sha256 of the secret, in hexadecimal
  /// @param instances expression that an instance has to match as a whole
  /// @param replaces whether a host may put a new key in the place of the one that it has
  public record Row(
      String sha256,
      String instances,
      int usesLeft,
      boolean replaces,
      String madeBy,
      Instant madeAt,
      Instant expiresAt) {}

  /// Keeps a token, and no longer those that nobody can use any more.
  public void insert(Row token) {
    handle
        .createUpdate("DELETE FROM enrolment_token WHERE expires_at <= :now OR uses_left <= 0")
        .bind("now", token.madeAt().toEpochMilli())
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO enrolment_token
              (sha256, instances, uses_left, replaces, made_by, made_at, expires_at)
            VALUES (:sha256, :instances, :usesLeft, :replaces, :madeBy, :madeAt, :expiresAt)
            """)
        .bind("sha256", token.sha256())
        .bind("instances", token.instances())
        .bind("usesLeft", token.usesLeft())
        .bind("replaces", token.replaces())
        .bind("madeBy", token.madeBy())
        .bind("madeAt", token.madeAt().toEpochMilli())
        .bind("expiresAt", token.expiresAt().toEpochMilli())
        .execute();
  }

  /// A token that can still be used; empty if there is none of that digest.
  public Optional<Row> find(String sha256, Instant now) {
    return handle
        .createQuery(
            "SELECT * FROM enrolment_token WHERE sha256 = :sha256 AND expires_at > :now AND uses_left > 0")
        .bind("sha256", sha256)
        .bind("now", now.toEpochMilli())
        .map((row, _) ->
            new Row(
                row.getString("sha256"),
                row.getString("instances"),
                row.getInt("uses_left"),
                row.getBoolean("replaces"),
                row.getString("made_by"),
                Instant.ofEpochMilli(row.getLong("made_at")),
                Instant.ofEpochMilli(row.getLong("expires_at"))))
        .findOne();
  }

  public void used(String sha256) {
    handle
        .createUpdate("UPDATE enrolment_token SET uses_left = uses_left - 1 WHERE sha256 = :sha256")
        .bind("sha256", sha256)
        .execute();
  }
}
