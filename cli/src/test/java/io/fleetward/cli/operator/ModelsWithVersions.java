package io.fleetward.cli.operator;

import io.fleetward.models.registry.Provenance;
import io.fleetward.models.registry.Provenance.LearntHost;
import io.fleetward.models.registry.Provenance.TribuoPart;
import io.fleetward.models.registry.ShadowRecord;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.ModelClassView;
import io.fleetward.service.desk.ModelDesk;
import io.fleetward.service.desk.ModelVersionView;
import io.fleetward.service.desk.ModelVersionView.Change;
import io.fleetward.service.desk.ModelView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Has a model `host` with a champion and a challenger for the class `web`, and a model `cold` that
/// is not trained. Remembers nothing.
final class ModelsWithVersions implements ModelDesk {
  static final String CHAMPION = "20261123T120000Z-00112233";
  static final String CHALLENGER = "20261124T120000Z-44556677";

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final ShadowRecord HELD_OUT =
      new ShadowRecord(2_160, 1.5, 2, 2_100, 23, 1, 2, 2, 2);

  @Override
  public List<ModelView> models() {
    return List.of(
        new ModelView(
            "host",
            "ensemble",
            "fleetward_anomaly_score",
            List.of("instance:cpu_busy:ratio"),
            true,
            List.of(web(CHAMPION))),
        new ModelView("cold", "k-means", "cold_score", List.of("x"), false, List.of()));
  }

  private static ModelClassView web(String champion) {
    return new ModelClassView(
        "web",
        champion,
        CHALLENGER,
        List.of(
            new ModelClassView.Version(
                CHALLENGER,
                "challenger",
                "challenges",
                NOON.plusSeconds(86_400),
                3,
                6_480,
                HELD_OUT),
            new ModelClassView.Version(CHAMPION, "champion", "first", NOON, 3, 6_480, HELD_OUT)),
        null,
        NOON,
        "a version");
  }

  @Override
  public Optional<ModelVersionView> version(String model, String version) {
    return model.equals("host") && version.equals(CHAMPION)
        ? Optional.of(
            new ModelVersionView(
                CHAMPION,
                "champion",
                new Provenance(
                    "host",
                    "ensemble",
                    "web",
                    List.of("instance:cpu_busy:ratio"),
                    List.of(new LearntHost("web-1", NOON.minusSeconds(9_000), NOON, 150)),
                    Map.of("short alarm", 7L),
                    Map.of("held-out-share", "0.25"),
                    HELD_OUT,
                    1,
                    NOON,
                    new TribuoPart("4.3.2", List.of("axes"))),
                List.of(new Change(NOON, "first", "training", "usable"))))
        : Optional.empty();
  }

  @Override
  public Asked train(String model, Optional<String> hostClass, Person person) {
    return switch (model) {
      case "host" -> new Asked.Noted(hostClass.map(List::of).orElse(List.of("db", "web")));
      case "cold" -> new Asked.Impossible("learns by itself");
      default -> new Asked.Unknown("model \"%s\"".formatted(model));
    };
  }

  @Override
  public RolledBack rollBack(
      String model, String hostClass, Optional<String> version, String reason, Person person) {
    if (!hostClass.equals("web")) {
      return new RolledBack.Unknown("class \"%s\" of model \"%s\"".formatted(hostClass, model));
    }
    return version.orElse(CHAMPION).equals(CHAMPION)
        ? new RolledBack.Done(web(CHALLENGER))
        : new RolledBack.Impossible("version %s is not the champion".formatted(version.orElse("")));
  }
}
