package io.fleetward.models.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.models.SyntheticHost;
import io.fleetward.models.detection.Assessment;
import io.fleetward.models.detection.Assessment.Scored;
import io.fleetward.models.detection.Assessment.Undetermined;
import io.fleetward.models.host.HostModel.Restoration;
import io.fleetward.models.registry.Champions;
import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.FeatureSpecification.Direction;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.models.training.ClassTraining;
import io.fleetward.models.training.Pace;
import io.fleetward.models.training.RetainedRows;
import io.fleetward.models.training.Trained;
import io.fleetward.models.training.TrainingSubject;
import io.fleetward.models.training.TrainingTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Hosts that begin from the champion of their class.
class BegunFromAVersionTest {
  private static final ModelSpecification.Ensemble HOST =
      new ModelSpecification.Ensemble(
          "host",
          "score",
          "alarm",
          "threshold",
          SyntheticHost.SPECIFICATION.features().stream()
              .map(feature ->
                  new FeatureSpecification(feature.series(), feature.scaleFloor(), Direction.BOTH))
              .toList(),
          2);
  private static final long START = 1_700_000_000L;
  private static final ModelVersion FIRST = version(1);
  private static final ModelVersion SECOND = version(2);

  private final FleetOfOneClass champions = new FleetOfOneClass();
  private final HostStart start = new HostStart(champions, _ -> "web");

  /// Gives out the champion that a test names.
  private static final class FleetOfOneClass implements Champions {
    private final Set<String> rolledBack = new HashSet<>();
    private ModelVersion champion = FIRST;

    @Override
    public Optional<ModelVersion> champion(String model, String hostClass) {
      return model.equals("host") && hostClass.equals("web")
          ? Optional.of(champion)
          : Optional.empty();
    }

    @Override
    public boolean isRolledBack(String model, String hostClass, String version) {
      return rolledBack.contains(version);
    }
  }

  private static ModelVersion version(long seed) {
    int width = HOST.features().size();
    RetainedRows rows = new RetainedRows(width, 2, 1_200);
    for (String instance : List.of("web-8", "web-9")) {
      SyntheticHost host = new SyntheticHost(seed + instance.hashCode(), 3, 0.4);
      for (int i = 0; i < 1_200; i++) {
        rows.add(instance, START + 10L * i, host.next(), 0.5, false);
      }
    }
    Trained trained =
        new ClassTraining(TrainingSubject.of(HOST, "web"), TrainingTerms.DEFAULT, Pace.FULL)
            .train(rows.snapshot(), List.of(), Instant.ofEpochSecond(START + 12_000));
    return switch (trained) {
      case Trained.Version(ModelVersion version) -> version;
      case Trained.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  private HostModel open(MapShelf shelf) {
    HostModel model = HostModel.of(HOST, "web-1", shelf, start);
    model.restore();
    return model;
  }

  private static List<Assessment> observe(HostModel model, int from, int to) {
    SyntheticHost host = new SyntheticHost(77, 3, 0.4);
    List<Assessment> assessments = new ArrayList<>();
    for (int i = 0; i < to; i++) {
      double[] row = host.next();
      if (i >= from) {
        assessments.add(model.observe(1000 * (START + 20_000 + 10L * i), row));
      }
    }
    return assessments;
  }

  @Test
  void scoresFromTheFirstRow() {
    assertThat(observe(open(new MapShelf()), 0, 1)).allMatch(Scored.class::isInstance);
    assertThat(observe(HostModel.of(HOST, "web-1", new MapShelf()), 0, 1))
        .allMatch(Undetermined.class::isInstance);
  }

  @Test
  void goesOnExactlyAfterATakeOverThoughAnotherIsChampionNow() {
    MapShelf shelf = new MapShelf();
    HostModel undisturbed = open(new MapShelf());
    observe(open(shelf), 0, 300);
    champions.champion = SECOND;

    List<Assessment> after = observe(open(shelf), 300, 400);

    observe(undisturbed, 0, 300);
    assertThat(after).isEqualTo(observe(undisturbed, 300, 400));
  }

  @Test
  void beginsAnewFromTheRestoredVersionWhenItsOwnIsRolledBack() {
    champions.champion = SECOND;
    MapShelf shelf = new MapShelf();
    HostModel model = open(shelf);
    observe(model, 0, 300);
    champions.champion = FIRST;
    champions.rolledBack.add(SECOND.id());
    MapShelf before = shelf.copy();

    List<Assessment> live = observe(model, 300, 340);
    HostModel another = HostModel.of(HOST, "web-1", before, start);

    assertThat(another.restore())
        .isEqualTo(new Restoration.Refused("version %s was rolled back".formatted(SECOND.id())));
    assertThat(live).isEqualTo(observe(open(new MapShelf()), 300, 340));
    assertThat(observe(another, 300, 340)).isEqualTo(live);
  }

  @Test
  void aHostThatBeganColdGoesOnByItself() {
    MapShelf shelf = new MapShelf();
    HostModel cold = HostModel.of(HOST, "web-1", shelf);
    observe(cold, 0, 200);

    HostModel after = open(shelf);

    assertThat(observe(after, 200, 220)).isEqualTo(observe(cold, 200, 220));
  }

  @Test
  void aHostThatKnowsNothingYetBeginsAsSoonAsItsClassHasAChampion() {
    HostStart late =
        new HostStart(
            (model, hostClass) ->
                champions.rolledBack.isEmpty()
                    ? Optional.empty()
                    : champions.champion(model, hostClass),
            _ -> "web");
    HostModel model = HostModel.of(HOST, "web-1", new MapShelf(), late);
    model.restore();
    assertThat(observe(model, 0, 100)).allMatch(Undetermined.class::isInstance);
    champions.rolledBack.add("another");

    assertThat(observe(model, 100, 140)).isEqualTo(observe(open(new MapShelf()), 100, 140));
  }

  /// A host that from some row on never is as it was minutes before, one row a minute.
  private static List<Assessment> drift(HostModel model, int since, int from, int to) {
    SyntheticHost host = new SyntheticHost(77, 3, 0.4);
    List<Assessment> assessments = new ArrayList<>();
    for (int i = 0; i < to; i++) {
      double[] row = host.next();
      for (int feature = 0; feature < row.length && i >= since; feature++) {
        row[feature] += Math.pow(2, (i - since) % 40);
      }
      if (i >= from) {
        assessments.add(model.observe(1000 * (START + 20_000 + 60L * i), row));
      }
    }
    return assessments;
  }

  private static final int DRIFT = 360;
  private static final int DRIFTED = 721;

  @Test
  void aHostThatDriftsBeginsFromTheChampionOfItsClass() {
    champions.champion = SECOND;
    MapShelf shelf = new MapShelf();
    HostModel model = open(shelf);
    drift(model, DRIFT, 0, DRIFTED);
    MapShelf same = shelf.copy();
    champions.champion = FIRST;
    MapShelf before = shelf.copy();

    List<Assessment> live = drift(model, DRIFT, DRIFTED, DRIFTED + 40);

    assertThat(live).isEqualTo(drift(open(new MapShelf()), DRIFT, DRIFTED, DRIFTED + 40));
    assertThat(drift(open(before), DRIFT, DRIFTED, DRIFTED + 40)).isEqualTo(live);
    // what it began from already is no help
    champions.champion = SECOND;
    assertThat(drift(open(same), DRIFT, DRIFTED, DRIFTED + 40)).isNotEqualTo(live);
  }

  @Test
  void aHostThatBeganColdAndDriftsBeginsFromTheChampionToo() {
    int drift = 6 * DRIFT;
    int drifted = drift + DRIFT + 1;
    MapShelf shelf = new MapShelf();
    drift(HostModel.of(HOST, "web-1", shelf), drift, 0, drifted);

    assertThat(drift(open(shelf), drift, drifted, drifted + 40))
        .isEqualTo(drift(open(new MapShelf()), drift, drifted, drifted + 40));
  }

  @Test
  void aHostThatDoesNotDriftGoesOnThoughAnotherIsChampion() {
    champions.champion = SECOND;
    HostModel model = open(new MapShelf());
    HostModel undisturbed = open(new MapShelf());
    observe(model, 0, 2_200);
    observe(undisturbed, 0, 2_200);
    champions.champion = FIRST;

    List<Assessment> after = observe(model, 2_200, 2_240);

    champions.champion = SECOND;
    assertThat(after).isEqualTo(observe(undisturbed, 2_200, 2_240));
  }

  @Test
  void aVersionForOtherFeaturesIsNotBegunFrom() {
    ModelSpecification.Ensemble narrower =
        new ModelSpecification.Ensemble(
            "host", "score", null, null, HOST.features().subList(0, 3), 2);
    HostModel model = HostModel.of(narrower, "web-1", new MapShelf(), start);
    model.restore();

    assertThat(model.observe(1000 * START, new double[3])).isInstanceOf(Undetermined.class);
  }
}
