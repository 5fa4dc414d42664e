package io.fleetward.service.store;

import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What kinds of faults incidents look like, and what people say they are. Confined to one
/// transaction.
public final class FaultTable {
  private final Handle handle;

  FaultTable(Handle handle) {
    this.handle = handle;
  }

  /// @param signs empty if no model told kinds
  /// @param stated empty unless a person did
  public record Row(String incident, Optional<FaultSigns> signs, Optional<Statement> stated) {}

  /// @param kind such as `memory-leak`
  public record Statement(String kind, String person, String reason, Instant at) {}

  public Optional<Row> find(String incident) {
    return handle
        .createQuery("SELECT * FROM incident_fault WHERE incident = :incident")
        .bind("incident", incident)
        .map((row, _) -> row(row))
        .findOne();
  }

  /// Incidents of which both are known, in the order in which people spoke.
  public List<Row> stated() {
    return handle
        .createQuery(
            """
            SELECT * FROM incident_fault WHERE stated IS NOT NULL AND signs IS NOT NULL
            ORDER BY stated_at, incident
            """)
        .map((row, _) -> row(row))
        .list();
  }

  private static Row row(ResultSet row) throws SQLException {
    String stated = row.getString("stated");
    Optional<Statement> statement =
        stated == null
            ? Optional.empty()
            : Optional.of(
                new Statement(
                    stated,
                    row.getString("person"),
                    row.getString("reason"),
                    Instant.ofEpochMilli(row.getLong("stated_at"))));
    return new Row(
        row.getString("incident"),
        Optional.ofNullable(row.getString("signs"))
            .map(signs -> Documents.read(signs, FaultSigns.class)),
        statement);
  }

  /// Keeps what the models found, in place of what they found before.
  public void found(String incident, FaultSigns signs) {
    ensure(incident);
    handle
        .createUpdate("UPDATE incident_fault SET signs = :signs WHERE incident = :incident")
        .bind("incident", incident)
        .bind("signs", Documents.write(signs))
        .execute();
  }

  /// Keeps what a person says, in place of what was said before.
  public void state(String incident, Statement statement) {
    ensure(incident);
    handle
        .createUpdate(
            """
            UPDATE incident_fault
            SET stated = :stated, person = :person, reason = :reason, stated_at = :stated_at
            WHERE incident = :incident
            """)
        .bind("incident", incident)
        .bind("stated", statement.kind())
        .bind("person", statement.person())
        .bind("reason", statement.reason())
        .bind("stated_at", statement.at().toEpochMilli())
        .execute();
  }

  private void ensure(String incident) {
    if (find(incident).isEmpty()) {
      handle
          .createUpdate("INSERT INTO incident_fault (incident) VALUES (:incident)")
          .bind("incident", incident)
          .execute();
    }
  }
}
