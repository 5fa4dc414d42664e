package io.fleetward.service.training;

import io.fleetward.models.registry.Champions;
import io.fleetward.models.registry.Lineage;
import io.fleetward.models.registry.Lineage.Change;
import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.registry.ModelVersion.Reading;
import io.fleetward.models.registry.Step;
import io.fleetward.models.training.Verdict;
import io.fleetward.service.desk.TraceEntry;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.Ledger;
import io.fleetward.service.store.ModelHistoryTable.Line;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The versions in the database, and the champions in memory. Thread safe: changes come one after
/// the other, champions are given without waiting.
///
/// [#refresh] brings what other instances changed. Every change is traced.
public final class ModelRegistry implements Champions {
  private static final Logger log = LoggerFactory.getLogger(ModelRegistry.class);

  private final Database database;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<Map<Line, Standing>> standings = new AtomicReference<>(Map.of());

  /// @param champion null while there is none that this program can read
  private record Standing(Lineage lineage, @Nullable ModelVersion champion) {}

  public ModelRegistry(Database database) {
    this.database = database;
  }

  @Override
  public Optional<ModelVersion> champion(String model, String hostClass) {
    Standing standing = standings.get().get(new Line(model, hostClass));
    return standing == null ? Optional.empty() : Optional.ofNullable(standing.champion());
  }

  @Override
  public boolean isRolledBack(String model, String hostClass, String version) {
    Standing standing = standings.get().get(new Line(model, hostClass));
    return standing != null && standing.lineage().isRolledBack(version);
  }

  /// The versions of a class and what each is.
  public Lineage lineage(Line line) {
    Standing standing = standings.get().get(line);
    return standing == null ? Lineage.empty() : standing.lineage();
  }

  /// Reads again what is in the database.
  ///
  /// @throws io.fleetward.service.store.DatabaseUnavailableException if it does not answer
  public void refresh() {
    lock.lock();
    try {
      Map<Line, Standing> before = standings.get();
      standings.set(
          database.transaction(ledger -> {
            Map<Line, Standing> now = new HashMap<>();
            for (Line line : ledger.modelHistory().lines()) {
              now.put(line, standing(ledger, line, before.get(line)));
            }
            return Map.copyOf(now);
          }));
    } finally {
      lock.unlock();
    }
  }

  private static Standing standing(Ledger ledger, Line line, @Nullable Standing before) {
    Lineage lineage = Lineage.of(ledger.modelHistory().of(line));
    ModelVersion known = before == null ? null : before.champion();
    Optional<String> champion = lineage.champion();
    if (champion.isEmpty()) {
      return new Standing(lineage, null);
    }
    if (known != null && known.id().equals(champion.get())) {
      return new Standing(lineage, known);
    }
    return new Standing(
        lineage,
        read(ledger, line, champion.get())
            .or(() -> stays(ledger, line, lineage, known))
            .orElse(null));
  }

  /// What cannot be read does not take over: who was champion stays, or after a restart the latest
  /// former champion that can be read; never one that was rolled back.
  private static Optional<ModelVersion> stays(
      Ledger ledger, Line line, Lineage lineage, @Nullable ModelVersion known) {
    return Optional.ofNullable(known)
        .filter(version -> !lineage.isRolledBack(version.id()))
        .or(() ->
            lineage.former().reversed().stream()
                .flatMap(id -> read(ledger, line, id).stream())
                .findFirst());
  }

  /// A version with its bytes; empty if it is unknown, its bytes are not kept or cannot be read.
  public Optional<ModelVersion> version(Line line, String id) {
    return database.transaction(ledger -> read(ledger, line, id));
  }

  private static Optional<ModelVersion> read(Ledger ledger, Line line, String id) {
    return ledger
        .modelVersions()
        .content(line.model(), line.hostClass(), id)
        .flatMap(bytes ->
            switch (ModelVersion.read(bytes)) {
              case Reading.Usable(ModelVersion version) -> Optional.of(version);
              case Reading.Refused(String reason) -> {
                log.atError()
                    .addKeyValue("model", line.model())
                    .addKeyValue("class", line.hostClass())
                    .addKeyValue("version", id)
                    .addKeyValue("reason", reason)
                    .log("a version cannot be used");
                yield Optional.empty();
              }
            });
  }

  /// Takes in a version that was just trained: one that is usable by itself becomes champion or
  /// challenger.
  public Change enter(ModelVersion version, Verdict usable, Instant at) {
    Line line = lineOf(version);
    return change(
        line,
        (ledger, lineage) -> {
          Change change =
              usable instanceof Verdict.For
                  ? lineage.enter(version.id(), at, usable.reason())
                  : lineage.reject(version.id(), at, usable.reason());
          if (change instanceof Change.Made) {
            ledger.modelVersions().insert(version);
          }
          return change;
        });
  }

  /// Makes a challenger champion.
  public Change promote(ModelVersion version, Instant at, String reason) {
    return change(lineOf(version), (_, lineage) -> lineage.promote(version.id(), at, reason));
  }

  /// Takes a champion back for good.
  ///
  /// @param version the champion that is meant; empty for whichever it is
  public Change rollBack(
      Line line, Optional<String> version, Instant at, String person, String reason) {
    return change(
        line,
        (_, lineage) ->
            version
                .or(lineage::champion)
                .map(champion -> lineage.rollBack(champion, at, person, reason))
                .orElseGet(() -> new Change.Refused("there is no champion to roll back")));
  }

  private static Line lineOf(ModelVersion version) {
    return new Line(version.provenance().model(), version.provenance().hostClass());
  }

  private interface Wish {
    Change of(Ledger ledger, Lineage lineage);
  }

  private Change change(Line line, Wish wish) {
    lock.lock();
    try {
      Change change =
          database.transaction(ledger -> {
            Lineage lineage = Lineage.of(ledger.modelHistory().of(line));
            Change wished = wish.of(ledger, lineage);
            if (wished instanceof Change.Made(Lineage next, List<Step> steps)) {
              ledger.modelHistory().append(line, lineage.steps().size(), steps);
              ledger.modelVersions().keepOnly(line.model(), line.hostClass(), next.wanted());
              steps.forEach(step -> trace(ledger, line, step));
            }
            return wished;
          });
      refresh();
      if (change instanceof Change.Made(_, List<Step> steps)) {
        steps.forEach(step -> tell(line, step));
      }
      return change;
    } finally {
      lock.unlock();
    }
  }

  private static void trace(Ledger ledger, Line line, Step step) {
    ledger
        .traces()
        .add(
            Optional.empty(),
            new TraceEntry(
                step.at(),
                "model-" + step.kind().word(),
                "model %s, class %s, version %s"
                    .formatted(line.model(), line.hostClass(), step.version()),
                step.reason(),
                List.of(),
                List.of("person=" + step.by())));
  }

  private static void tell(Line line, Step step) {
    log.atInfo()
        .addKeyValue("model", line.model())
        .addKeyValue("class", line.hostClass())
        .addKeyValue("version", step.version())
        .addKeyValue("state", step.kind().word())
        .addKeyValue("by", step.by())
        .addKeyValue("reason", step.reason())
        .log("model version");
  }
}
