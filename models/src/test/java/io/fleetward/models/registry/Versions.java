package io.fleetward.models.registry;

import io.fleetward.models.registry.Provenance.LearntHost;
import io.fleetward.models.registry.Provenance.TribuoPart;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Versions as tests want them.
final class Versions {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private Versions() {}

  static ModelVersion version(byte... payload) {
    return ModelVersion.of(provenance("host", List.of("busy", "memory")), payload);
  }

  static Provenance provenance(String model, List<String> features) {
    return new Provenance(
        model,
        "ensemble",
        "web",
        features,
        List.of(
            new LearntHost("web-1", NOON.minusSeconds(7_200), NOON.minusSeconds(60), 120),
            new LearntHost("web-2", NOON.minusSeconds(9_000), NOON.minusSeconds(90), 130)),
        Map.of("short alarm", 7L),
        Map.of("held-out-share", "0.25"),
        new ShadowRecord(400, 2.5, 4, 390, 5, 3, 4, 2, 1),
        1,
        NOON,
        new TribuoPart("4.3.2", List.of("axes")));
  }
}
