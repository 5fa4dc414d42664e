package io.fleetward.service.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.models.registry.Lineage;
import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.training.Pace;
import io.fleetward.models.training.TrainingSchedule;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseFile;
import io.fleetward.service.store.ModelHistoryTable.Line;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRoundsTest {
  private static final Line WEB = new Line("host", "web");
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final TrainableModel MODEL =
      new TrainableModel(
          "host", "ensemble", "score", List.of("busy", "memory"), List.of(0.0, 0.0), 2, true);

  @TempDir Path folder;
  private Database database;
  private ModelRegistry registry;
  private TrainingRounds rounds;
  private final RowLibrary library = new RowLibrary(List.of(MODEL), 16, 4_320);

  @BeforeEach
  void open() {
    database = DatabaseFile.open(folder);
    registry = new ModelRegistry(database);
    rounds = rounds();
  }

  private TrainingRounds rounds() {
    return new TrainingRounds(
        database,
        registry,
        TrainingSchedule.DEFAULT,
        new TrainingMetrics(new PrometheusRegistry()),
        Pace.FULL);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aClassWithEnoughRowsGetsAChampionAndADayLaterAChallenger() {
    rows(0, 1_440, 0.3);
    Instant first = START.plus(Duration.ofDays(1));
    rounds.run(library, first);
    String champion = registry.lineage(WEB).champion().orElseThrow();
    assertThat(registry.champion("host", "web").map(ModelVersion::id)).hasValue(champion);
    assertThat(outcome()).startsWith("version " + champion);

    rounds.run(library, first.plusSeconds(1_200));
    assertThat(registry.lineage(WEB).challenger()).isEmpty();

    rows(1_440, 2_880, 0.3);
    rounds.run(library, first.plus(Duration.ofDays(1)));
    assertThat(registry.lineage(WEB).challenger()).isPresent();
    assertThat(registry.lineage(WEB).champion()).hasValue(champion);
  }

  @Test
  void tooFewRowsMakeNoVersionAndThatIsSaid() {
    rows(0, 300, 0.3);

    rounds.run(library, START.plus(Duration.ofDays(1)));

    assertThat(registry.lineage(WEB).versions()).isEmpty();
    assertThat(outcome())
        .startsWith("no version: model \"host\", class \"web\": 450 healthy rows to learn");
  }

  @Test
  void whoAsksDoesNotWaitForTheInterval() {
    rows(0, 1_440, 0.3);
    Instant first = START.plus(Duration.ofDays(1));
    rounds.run(library, first);
    database.transaction(ledger -> {
      ledger.training().ask("host", "web", "olga");
      return true;
    });

    rows(1_440, 1_500, 0.3);
    rounds.run(library, first.plusSeconds(5));

    assertThat(registry.lineage(WEB).versions()).hasSize(2);
    assertThat(
            database
                .transaction(ledger -> ledger.training().find("host", "web"))
                .orElseThrow()
                .askedBy())
        .isEmpty();
  }

  @Test
  void aChampionThatThisProgramCannotReadIsSucceeded() {
    registry.enter(
        Versions.trained(0), new io.fleetward.models.training.Verdict.For("usable"), START);
    rows(0, 1_440, 0.3);

    rounds.run(library, START.plus(Duration.ofDays(1)));

    Lineage lineage = registry.lineage(WEB);
    assertThat(lineage.champion())
        .isPresent()
        .isNotEqualTo(java.util.Optional.of(Versions.trained(0).id()));
    assertThat(lineage.former()).containsExactly(Versions.trained(0).id());
  }

  @Test
  void rowsOfOtherModelsAndFeaturesAreLeftOut() {
    assertThat(library.add(row("none", Map.of("busy", 1.0, "memory", 1.0)))).hasValue("no-model");
    assertThat(library.add(row("host", Map.of("busy", 1.0, "disk", 1.0))))
        .hasValue("other-features");
    assertThat(library.add(row("host", Map.of("busy", 1.0)))).hasValue("other-features");
    assertThat(library.add(row("host", Map.of("busy", 1.0, "memory", 1.0)))).isEmpty();
  }

  private static FeatureRow row(String model, Map<String, Double> features) {
    return new FeatureRow("web-1", model, "web", START, features, Double.NaN, false);
  }

  private String outcome() {
    return database
        .transaction(ledger -> ledger.training().find("host", "web"))
        .orElseThrow()
        .outcome();
  }

  private void rows(int from, int to, double level) {
    for (String instance : List.of("web-1", "web-2")) {
      Random random = new Random(instance.hashCode() + from);
      for (int minute = from; minute < to; minute++) {
        Map<String, Double> features = new HashMap<>();
        features.put("busy", level + 0.05 * random.nextGaussian());
        features.put("memory", 0.5 + 0.01 * random.nextGaussian());
        library.add(
            new FeatureRow(
                instance, "host", "web", START.plusSeconds(60L * minute), features, 0.5, false));
      }
    }
  }
}
