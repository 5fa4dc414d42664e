package io.fleetward.service.training;

import io.fleetward.models.registry.Lineage;
import io.fleetward.models.registry.Lineage.Change;
import io.fleetward.models.registry.Provenance;
import io.fleetward.models.registry.Step;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.DeskUnavailableException;
import io.fleetward.service.desk.ModelClassView;
import io.fleetward.service.desk.ModelDesk;
import io.fleetward.service.desk.ModelVersionView;
import io.fleetward.service.desk.ModelView;
import io.fleetward.service.desk.TraceEntry;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseUnavailableException;
import io.fleetward.service.store.Ledger;
import io.fleetward.service.store.ModelHistoryTable.Line;
import io.fleetward.service.store.ModelVersionTable;
import io.fleetward.service.store.TrainingTable;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/// What people see of the registry and ask of it. Thread safe.
public final class RegistryDesk implements ModelDesk {
  private final Database database;
  private final ModelRegistry registry;
  private final Supplier<List<TrainableModel>> inForce;
  private final InstantSource clock;

  /// @param inForce the models in force now
  public RegistryDesk(
      Database database,
      ModelRegistry registry,
      Supplier<List<TrainableModel>> inForce,
      InstantSource clock) {
    this.database = database;
    this.registry = registry;
    this.inForce = inForce;
    this.clock = clock;
  }

  @Override
  public List<ModelView> models() {
    return read(ledger ->
        inForce.get().stream()
            .map(model ->
                new ModelView(
                    model.name(),
                    model.detector(),
                    model.score(),
                    model.features(),
                    model.trainable(),
                    classes(ledger, model.name()).stream()
                        .map(hostClass -> view(ledger, new Line(model.name(), hostClass)))
                        .toList()))
            .toList());
  }

  /// Classes of which there are versions or rows.
  private static List<String> classes(Ledger ledger, String model) {
    TreeSet<String> classes = new TreeSet<>();
    ledger.modelHistory().lines().stream()
        .filter(line -> line.model().equals(model))
        .forEach(line -> classes.add(line.hostClass()));
    ledger.training().list().stream()
        .filter(row -> row.model().equals(model))
        .forEach(row -> classes.add(row.hostClass()));
    return List.copyOf(classes);
  }

  private static ModelClassView view(Ledger ledger, Line line) {
    Lineage lineage = Lineage.of(ledger.modelHistory().of(line));
    Optional<TrainingTable.Row> training = ledger.training().find(line.model(), line.hostClass());
    return new ModelClassView(
        line.hostClass(),
        lineage.champion().orElse(null),
        lineage.challenger().orElse(null),
        ledger.modelVersions().of(line.model(), line.hostClass()).stream()
            .map(row -> view(lineage, row))
            .toList(),
        training.flatMap(TrainingTable.Row::askedBy).orElse(null),
        training.flatMap(TrainingTable.Row::triedAt).orElse(null),
        training.map(TrainingTable.Row::outcome).orElse(""));
  }

  private static ModelClassView.Version view(Lineage lineage, ModelVersionTable.Row row) {
    Provenance provenance = row.provenance();
    return new ModelClassView.Version(
        row.id(),
        roleOf(lineage, row.id()),
        stepsOf(lineage, row.id()).getLast().kind().word(),
        provenance.trainedAt(),
        provenance.hosts().size(),
        provenance.rows(),
        provenance.heldOut());
  }

  private static String roleOf(Lineage lineage, String version) {
    return lineage.roleOf(version).orElseThrow().word();
  }

  private static List<Step> stepsOf(Lineage lineage, String version) {
    return lineage.steps().stream().filter(step -> step.version().equals(version)).toList();
  }

  @Override
  public Optional<ModelVersionView> version(String model, String version) {
    if (find(model).isEmpty()) {
      return Optional.empty();
    }
    return read(ledger ->
        classes(ledger, model).stream()
            .flatMap(hostClass -> ledger.modelVersions().of(model, hostClass).stream())
            .filter(row -> row.id().equals(version))
            .findFirst()
            .map(row -> details(ledger, row)));
  }

  private static ModelVersionView details(Ledger ledger, ModelVersionTable.Row row) {
    Provenance provenance = row.provenance();
    Lineage lineage =
        Lineage.of(ledger.modelHistory().of(new Line(provenance.model(), provenance.hostClass())));
    return new ModelVersionView(
        row.id(),
        roleOf(lineage, row.id()),
        provenance,
        stepsOf(lineage, row.id()).stream()
            .map(step ->
                new ModelVersionView.Change(
                    step.at(), step.kind().word(), step.by(), step.reason()))
            .toList());
  }

  @Override
  public Asked train(String model, Optional<String> hostClass, Person person) {
    Optional<TrainableModel> found = find(model);
    if (found.isEmpty()) {
      return new Asked.Unknown("model \"%s\"".formatted(model));
    }
    if (!found.get().trainable()) {
      return new Asked.Impossible(
          "model \"%s\" has the detector %s, which learns on each host by itself; only detector ensemble is trained for classes"
              .formatted(model, found.get().detector()));
    }
    return read(ledger -> {
      List<String> known = classes(ledger, model);
      if (hostClass.isPresent() && !known.contains(hostClass.get())) {
        return new Asked.Unknown("class \"%s\" of model \"%s\"".formatted(hostClass.get(), model));
      }
      if (known.isEmpty()) {
        return new Asked.Impossible(
            "no rows of model \"%s\" are known yet; wait until hosts have been scored"
                .formatted(model));
      }
      List<String> asked = hostClass.map(List::of).orElse(known);
      for (String one : asked) {
        ledger.training().ask(model, one, person.name());
        ledger
            .traces()
            .add(
                Optional.empty(),
                new TraceEntry(
                    clock.instant(),
                    "model-train",
                    "model %s, class %s".formatted(model, one),
                    "asked for",
                    List.of(),
                    List.of("person=" + person.name())));
      }
      return new Asked.Noted(asked);
    });
  }

  @Override
  public RolledBack rollBack(
      String model, String hostClass, Optional<String> version, String reason, Person person) {
    if (find(model).isEmpty()) {
      return new RolledBack.Unknown("model \"%s\"".formatted(model));
    }
    Line line = new Line(model, hostClass);
    if (!read(ledger -> classes(ledger, model)).contains(hostClass)) {
      return new RolledBack.Unknown("class \"%s\" of model \"%s\"".formatted(hostClass, model));
    }
    Change change =
        answer(() -> registry.rollBack(line, version, clock.instant(), person.name(), reason));
    return switch (change) {
      case Change.Made _ -> new RolledBack.Done(read(ledger -> view(ledger, line)));
      case Change.Refused(String why) -> new RolledBack.Impossible(why);
    };
  }

  private Optional<TrainableModel> find(String model) {
    return inForce.get().stream().filter(one -> one.name().equals(model)).findFirst();
  }

  private <T> T read(Function<Ledger, T> question) {
    return answer(() -> database.transaction(question));
  }

  private static <T> T answer(Supplier<T> question) {
    try {
      return question.get();
    } catch (DatabaseUnavailableException e) {
      throw new DeskUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }
}
