package io.fleetward.service.store;

import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.registry.Provenance;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Versions of models: where each comes from, and its bytes while it may still be wanted. Confined
/// to one transaction.
public final class ModelVersionTable {
  private final Handle handle;

  ModelVersionTable(Handle handle) {
    this.handle = handle;
  }

  /// What is known of a version even when its bytes are gone.
  public record Row(String id, Provenance provenance) {}

  public void insert(ModelVersion version) {
    Provenance provenance = version.provenance();
    handle
        .createUpdate(
            """
            INSERT INTO model_version (model, host_class, id, trained_at, provenance, content)
            VALUES (:model, :host_class, :id, :trained_at, :provenance, :content)
            """)
        .bind("model", provenance.model())
        .bind("host_class", provenance.hostClass())
        .bind("id", version.id())
        .bind("trained_at", provenance.trainedAt().toEpochMilli())
        .bind("provenance", Documents.write(provenance))
        .bind("content", Base64.getEncoder().encodeToString(version.toBytes()))
        .execute();
  }

  /// The bytes of a version; empty if there is none, or only its record was kept.
  public Optional<byte[]> content(String model, String hostClass, String id) {
    return handle
        .createQuery(
            """
            SELECT content FROM model_version
            WHERE model = :model AND host_class = :host_class AND id = :id AND content IS NOT NULL
            """)
        .bind("model", model)
        .bind("host_class", hostClass)
        .bind("id", id)
        .map((row, _) -> Base64.getDecoder().decode(row.getString("content")))
        .findOne();
  }

  /// Versions of a model for a class of hosts, newest first.
  public List<Row> of(String model, String hostClass) {
    return handle
        .createQuery(
            """
            SELECT id, provenance FROM model_version
            WHERE model = :model AND host_class = :host_class ORDER BY trained_at DESC, id DESC
            """)
        .bind("model", model)
        .bind("host_class", hostClass)
        .map((row, _) ->
            new Row(
                row.getString("id"), Documents.read(row.getString("provenance"), Provenance.class)))
        .list();
  }

  /// Drops the bytes of all versions of a class but those wanted.
  public void keepOnly(String model, String hostClass, List<String> wanted) {
    for (Row row : of(model, hostClass)) {
      if (!wanted.contains(row.id())) {
        handle
            .createUpdate(
                """
                UPDATE model_version SET content = NULL
                WHERE model = :model AND host_class = :host_class AND id = :id
                AND content IS NOT NULL
                """)
            .bind("model", model)
            .bind("host_class", hostClass)
            .bind("id", row.id())
            .execute();
      }
    }
  }
}
