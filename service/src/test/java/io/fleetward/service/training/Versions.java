package io.fleetward.service.training;

import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.registry.Provenance;
import io.fleetward.models.registry.Provenance.LearntHost;
import io.fleetward.models.registry.Provenance.TribuoPart;
import io.fleetward.models.registry.ShadowRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Versions as tests want them.
final class Versions {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private Versions() {}

  /// A version of the model `host` for the class `web`, trained some hours after noon.
  static ModelVersion trained(int hour) {
    Instant at = NOON.plusSeconds(3_600L * hour);
    return ModelVersion.of(
        new Provenance(
            "host",
            "ensemble",
            "web",
            List.of("busy", "memory"),
            List.of(
                new LearntHost("web-1", at.minusSeconds(90_000), at.minusSeconds(3_600), 1_400)),
            Map.of(),
            Map.of(),
            new ShadowRecord(400, 1, 0, 400, 4, 0, 0, 0, 0),
            1,
            at,
            new TribuoPart("4.3.2", List.of())),
        new byte[] {1, 2, (byte) hour});
  }
}
