package io.fleetward.service.training;

import static io.fleetward.service.training.Versions.NOON;
import static io.fleetward.service.training.Versions.trained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.models.registry.Lineage;
import io.fleetward.models.registry.Lineage.Change;
import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.registry.Role;
import io.fleetward.models.training.Verdict;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.ModelClassView;
import io.fleetward.service.desk.ModelDesk.Asked;
import io.fleetward.service.desk.ModelDesk.RolledBack;
import io.fleetward.service.desk.ModelVersionView;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseFile;
import io.fleetward.service.store.DatabaseUnavailableException;
import io.fleetward.service.store.ModelHistoryTable.Line;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRegistryTest {
  private static final Line WEB = new Line("host", "web");
  private static final Person OLGA = new Person("olga");
  private static final Verdict USABLE = new Verdict.For("usable");

  @TempDir Path folder;
  private Database database;
  private ModelRegistry registry;
  private RegistryDesk desk;

  @BeforeEach
  void open() {
    database = DatabaseFile.open(folder);
    registry = new ModelRegistry(database);
    desk =
        new RegistryDesk(
            database,
            registry,
            () ->
                List.of(
                    new TrainableModel(
                        "host",
                        "ensemble",
                        "score",
                        List.of("busy", "memory"),
                        List.of(0.0, 0.0),
                        2,
                        true),
                    new TrainableModel(
                        "cold", "k-means", "cold_score", List.of("busy"), List.of(1.0), 0, false)),
            InstantSource.fixed(NOON.plusSeconds(90_000)));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theFirstUsableVersionIsGivenOutAfterARestartToo() {
    ModelVersion version = trained(0);

    registry.enter(version, USABLE, NOON);

    assertThat(registry.champion("host", "web").map(ModelVersion::id)).hasValue(version.id());
    assertThat(registry.champion("host", "db")).isEmpty();
    ModelRegistry other = new ModelRegistry(database);
    assertThat(other.champion("host", "web")).isEmpty();
    other.refresh();
    assertThat(other.champion("host", "web").orElseThrow().toBytes()).isEqualTo(version.toBytes());
  }

  @Test
  void aVersionThatIsNotUsableIsOnlyKnown() {
    registry.enter(trained(0), new Verdict.Against("all UNDETERMINED"), NOON);

    assertThat(registry.champion("host", "web")).isEmpty();
    assertThat(registry.lineage(WEB).roleOf(trained(0).id())).hasValue(Role.RETIRED);
    assertThat(registry.version(WEB, trained(0).id())).isEmpty();
    assertThat(desk.version("host", trained(0).id()).map(ModelVersionView::history))
        .hasValueSatisfying(
            history -> assertThat(history.getFirst().reason()).isEqualTo("all UNDETERMINED"));
  }

  @Test
  void aRollBackBringsTheFormerChampionBackAndIsTraced() {
    promoted();

    RolledBack done = desk.rollBack("host", "web", Optional.empty(), "alarms at night", OLGA);

    assertThat(done)
        .isInstanceOfSatisfying(
            RolledBack.Done.class,
            now -> assertThat(now.now().champion()).isEqualTo(trained(0).id()));
    assertThat(registry.champion("host", "web").map(ModelVersion::id)).hasValue(trained(0).id());
    assertThat(registry.isRolledBack("host", "web", trained(1).id())).isTrue();
    assertThat(desk.rollBack("host", "web", Optional.of(trained(1).id()), "again", OLGA))
        .isInstanceOf(RolledBack.Impossible.class);
    String trace =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("SELECT document FROM trace WHERE decision = 'model-rolled-back'")
                    .mapTo(String.class)
                    .one());
    assertThat(trace).contains("person=olga", "alarms at night", trained(1).id());
  }

  @Test
  void onlyVersionsThatMayReturnKeepTheirBytes() {
    registry.enter(trained(0), USABLE, NOON);
    registry.enter(trained(1), USABLE, NOON);
    registry.enter(trained(2), USABLE, NOON);

    assertThat(registry.version(WEB, trained(0).id())).isPresent();
    assertThat(registry.version(WEB, trained(1).id())).isEmpty();
    assertThat(registry.version(WEB, trained(2).id())).isPresent();
    ModelClassView web = desk.models().getFirst().classes().getFirst();
    assertThat(web.versions())
        .extracting(ModelClassView.Version::state)
        .containsExactly("challenges", "superseded", "first");
    assertThat(web.challenger()).isEqualTo(trained(2).id());
  }

  /// Puts other bytes in a version's place.
  private void replace(ModelVersion version, byte[] bytes) {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "UPDATE model_version SET content = ? WHERE id = ?",
                Base64.getEncoder().encodeToString(bytes),
                version.id()));
  }

  private static byte[] altered(ModelVersion version) {
    byte[] bytes = version.toBytes();
    bytes[bytes.length / 2] ^= 1;
    return bytes;
  }

  /// As a newer version of Fleetward writes it.
  private static byte[] newer(ModelVersion version) {
    byte[] bytes = version.toBytes();
    ByteBuffer.wrap(bytes).putInt(Integer.BYTES, 2);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatCannotBeReadDoesNotTakeOverNorAfterARestart(boolean altered) {
    registry.enter(trained(0), USABLE, NOON);
    registry.enter(trained(1), USABLE, NOON);
    replace(trained(1), altered ? altered(trained(1)) : newer(trained(1)));

    registry.promote(trained(1), NOON, "better");

    assertThat(registry.lineage(WEB).champion()).hasValue(trained(1).id());
    assertThat(registry.champion("host", "web").map(ModelVersion::id)).hasValue(trained(0).id());
    ModelRegistry restarted = new ModelRegistry(database);
    restarted.refresh();
    assertThat(restarted.champion("host", "web").map(ModelVersion::id)).hasValue(trained(0).id());
  }

  @Test
  void aVersionThatWasRolledBackDoesNotStayWhereTheFormerOneCannotBeRead() {
    promoted();
    replace(trained(0), altered(trained(0)));

    desk.rollBack("host", "web", Optional.empty(), "alarms at night", OLGA);

    assertThat(registry.champion("host", "web")).isEmpty();
  }

  @Test
  void twoWritersCannotTakeTheSameStep() {
    registry.enter(trained(0), USABLE, NOON);
    Change.Made other =
        (Change.Made) Lineage.empty().enter(trained(1).id(), NOON, "of another instance");

    assertThatThrownBy(() ->
            database.transaction(ledger -> {
              ledger.modelHistory().append(WEB, 0, other.steps());
              return true;
            }))
        .isInstanceOf(DatabaseUnavailableException.class)
        .satisfies(refused -> assertThat(Database.isRefusedForGood(refused)).isTrue());
  }

  @Test
  void trainingIsAskedForByPeople() {
    assertThat(desk.train("host", Optional.empty(), OLGA)).isInstanceOf(Asked.Impossible.class);
    registry.enter(trained(0), USABLE, NOON);

    assertThat(desk.train("host", Optional.empty(), OLGA))
        .isEqualTo(new Asked.Noted(List.of("web")));
    assertThat(desk.train("host", Optional.of("db"), OLGA))
        .isEqualTo(new Asked.Unknown("class \"db\" of model \"host\""));
    assertThat(desk.train("cold", Optional.empty(), OLGA)).isInstanceOf(Asked.Impossible.class);
    assertThat(desk.train("none", Optional.empty(), OLGA))
        .isEqualTo(new Asked.Unknown("model \"none\""));
    assertThat(desk.models().getFirst().classes().getFirst().askedBy()).isEqualTo("olga");

    database.transaction(ledger -> {
      ledger.training().tried("host", "web", NOON, "too few rows");
      return true;
    });
    ModelClassView web = desk.models().getFirst().classes().getFirst();
    assertThat(web.askedBy()).isNull();
    assertThat(web.triedAt()).isEqualTo(NOON);
    assertThat(web.outcome()).isEqualTo("too few rows");
  }

  @Test
  void oneInstanceTrains() {
    assertThat(lease("a", 0, 60)).isTrue();
    assertThat(lease("b", 30, 90)).isFalse();
    assertThat(lease("a", 30, 90)).isTrue();
    assertThat(lease("b", 90, 150)).isTrue();
    assertThat(lease("a", 91, 151)).isFalse();
  }

  private boolean lease(String holder, int now, int until) {
    return database.transaction(
        ledger -> ledger.training().lease(holder, NOON.plusSeconds(now), NOON.plusSeconds(until)));
  }

  private void promoted() {
    registry.enter(trained(0), USABLE, NOON);
    registry.enter(trained(1), USABLE, NOON.plusSeconds(60));
    registry.promote(trained(1), NOON.plusSeconds(120), "better");
    assertThat(registry.champion("host", "web").map(ModelVersion::id)).hasValue(trained(1).id());
  }
}
