package io.fleetward.service.store;

import io.fleetward.protocol.messages.AlertMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The newest message about each alert. Confined to one transaction.
public final class AlertTable {
  private final Handle handle;

  AlertTable(Handle handle) {
    this.handle = handle;
  }

  /// @param incident the incident it belongs to, or belonged to last; empty if none
  /// @param held why nothing was proposed when it was last judged; empty if there was no reason
  public record Row(
      String fingerprint, Optional<String> incident, String held, AlertMessage message) {}

  public void save(Row alert, Instant heardAt) {
    int changed =
        write(
            "UPDATE alert SET incident = :incident, held = :held, heard_at = :heard_at, document = :document, instance = :instance WHERE fingerprint = :fingerprint",
            alert,
            heardAt);
    if (changed == 0) {
      write(
          "INSERT INTO alert (fingerprint, instance, incident, held, heard_at, document) VALUES (:fingerprint, :instance, :incident, :held, :heard_at, :document)",
          alert,
          heardAt);
    }
  }

  private int write(String statement, Row alert, Instant heardAt) {
    return handle
        .createUpdate(statement)
        .bind("fingerprint", alert.fingerprint())
        .bind("instance", alert.message().instance())
        .bindByType("incident", alert.incident().orElse(null), String.class)
        .bind("held", alert.held().substring(0, Math.min(500, alert.held().length())))
        .bind("heard_at", heardAt.toEpochMilli())
        .bind("document", Documents.write(alert.message()))
        .execute();
  }

  public Optional<Row> find(String fingerprint) {
    return handle
        .createQuery("SELECT * FROM alert WHERE fingerprint = :fingerprint")
        .bind("fingerprint", fingerprint)
        .map((row, _) ->
            new Row(
                row.getString("fingerprint"),
                Optional.ofNullable(row.getString("incident")),
                row.getString("held"),
                Documents.read(row.getString("document"), AlertMessage.class)))
        .findOne();
  }

  /// The newest message about each alert that was heard of since a time.
  public List<AlertMessage> heardSince(Instant time) {
    return handle
        .createQuery("SELECT document FROM alert WHERE heard_at >= :since ORDER BY fingerprint")
        .bind("since", time.toEpochMilli())
        .map((row, _) -> Documents.read(row.getString("document"), AlertMessage.class))
        .list();
  }

  public List<AlertMessage> ofIncident(String incident) {
    return handle
        .createQuery("SELECT document FROM alert WHERE incident = :incident ORDER BY fingerprint")
        .bind("incident", incident)
        .map((row, _) -> Documents.read(row.getString("document"), AlertMessage.class))
        .list();
  }
}
