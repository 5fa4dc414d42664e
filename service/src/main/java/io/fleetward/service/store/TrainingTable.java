package io.fleetward.service.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// When classes were trained last, who asked for training, and which instance trains. Confined to
/// one transaction.
public final class TrainingTable {
  private static final String LEASE = "training";

  private final Handle handle;

  TrainingTable(Handle handle) {
    this.handle = handle;
  }

  /// @param askedBy the person who waits for it; empty if nobody does
  /// @param triedAt empty if never
  /// @param outcome what came of it, for people
  public record Row(
      String model,
      String hostClass,
      Optional<String> askedBy,
      Optional<Instant> triedAt,
      String outcome) {}

  public List<Row> list() {
    return handle
        .createQuery("SELECT * FROM training ORDER BY model, host_class")
        .map((row, _) ->
            new Row(
                row.getString("model"),
                row.getString("host_class"),
                Optional.ofNullable(row.getString("asked_by")),
                Optional.ofNullable(row.getString("tried_at"))
                    .map(Long::parseLong)
                    .map(Instant::ofEpochMilli),
                row.getString("outcome")))
        .list();
  }

  public Optional<Row> find(String model, String hostClass) {
    return list().stream()
        .filter(row -> row.model().equals(model) && row.hostClass().equals(hostClass))
        .findFirst();
  }

  public void ask(String model, String hostClass, String person) {
    ensure(model, hostClass);
    handle
        .createUpdate(
            """
            UPDATE training SET asked_by = :person
            WHERE model = :model AND host_class = :host_class
            """)
        .bind("model", model)
        .bind("host_class", hostClass)
        .bind("person", person)
        .execute();
  }

  /// Notes what came of training; nobody waits for it any more.
  public void tried(String model, String hostClass, Instant at, String outcome) {
    ensure(model, hostClass);
    handle
        .createUpdate(
            """
            UPDATE training SET asked_by = NULL, tried_at = :at, outcome = :outcome
            WHERE model = :model AND host_class = :host_class
            """)
        .bind("model", model)
        .bind("host_class", hostClass)
        .bind("at", at.toEpochMilli())
        .bind("outcome", outcome)
        .execute();
  }

  /// Notes that there are rows of a class.
  public void ensure(String model, String hostClass) {
    if (find(model, hostClass).isEmpty()) {
      handle
          .createUpdate(
              """
              INSERT INTO training (model, host_class, outcome) VALUES (:model, :host_class, '')
              """)
          .bind("model", model)
          .bind("host_class", hostClass)
          .execute();
    }
  }

  /// Takes or keeps the right to train; false while another instance has it.
  public boolean lease(String holder, Instant now, Instant until) {
    return handle
            .createUpdate(
                """
                UPDATE lease SET holder = :holder, expires_at = :until
                WHERE name = :name AND (holder = :holder OR expires_at <= :now)
                """)
            .bind("name", LEASE)
            .bind("holder", holder)
            .bind("now", now.toEpochMilli())
            .bind("until", until.toEpochMilli())
            .execute()
        > 0;
  }
}
