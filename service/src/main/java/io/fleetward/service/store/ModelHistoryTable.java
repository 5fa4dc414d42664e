package io.fleetward.service.store;

import io.fleetward.models.registry.Step;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// How the roles of versions changed. Append-only. Confined to one transaction.
public final class ModelHistoryTable {
  private final Handle handle;

  ModelHistoryTable(Handle handle) {
    this.handle = handle;
  }

  /// A class of hosts of which a model has versions.
  public record Line(String model, String hostClass) {}

  public List<Line> lines() {
    return handle
        .createQuery(
            "SELECT DISTINCT model, host_class FROM model_history ORDER BY model, host_class")
        .map((row, _) -> new Line(row.getString("model"), row.getString("host_class")))
        .list();
  }

  /// Steps, in the order in which they were taken.
  public List<Step> of(Line line) {
    return handle
        .createQuery(
            """
            SELECT * FROM model_history
            WHERE model = :model AND host_class = :host_class ORDER BY step
            """)
        .bind("model", line.model())
        .bind("host_class", line.hostClass())
        .map((row, _) ->
            new Step(
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("version"),
                Step.Kind.valueOf(row.getString("kind")),
                row.getString("person"),
                row.getString("reason")))
        .list();
  }

  /// @param taken how many steps were taken before; if others took some meanwhile, the database
  ///   refuses these
  public void append(Line line, int taken, List<Step> steps) {
    int number = taken;
    for (Step step : steps) {
      handle
          .createUpdate(
              """
              INSERT INTO model_history
              (model, host_class, step, at, version, kind, person, reason)
              VALUES (:model, :host_class, :step, :at, :version, :kind, :person, :reason)
              """)
          .bind("model", line.model())
          .bind("host_class", line.hostClass())
          .bind("step", number++)
          .bind("at", step.at().toEpochMilli())
          .bind("version", step.version())
          .bind("kind", step.kind().name())
          .bind("person", step.by())
          .bind("reason", step.reason())
          .execute();
    }
  }
}
