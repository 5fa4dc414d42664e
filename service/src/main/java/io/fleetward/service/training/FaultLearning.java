package io.fleetward.service.training;

import io.fleetward.models.faults.FaultClassifier;
import io.fleetward.models.faults.FaultKind;
import io.fleetward.models.faults.LearntFaults;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.FaultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What tells kinds of faults: the classifier that Fleetward ships, trained again with what people
/// said incidents were. Every instance trains its own from the same statements. Thread safe;
/// [#learn] belongs to one thread.
public final class FaultLearning {
  private static final Logger log = LoggerFactory.getLogger(FaultLearning.class);

  /// How many shipped runs one statement counts as: those are of other people's machines.
  private static final double WEIGHT = 5;

  /// What one incident teaches.
  private record Lesson(String incident, FaultKind kind, List<Contribution> deviations) {}

  private volatile FaultClassifier classifier = FaultClassifier.shipped();

  // of the learning thread
  private List<Lesson> learnt = List.of();

  public FaultClassifier classifier() {
    return classifier;
  }

  /// Trains again if people have said something since; takes seconds of CPU then.
  ///
  /// @throws io.fleetward.service.store.DatabaseUnavailableException if that cannot be read
  public void learn(Database database) {
    List<Lesson> lessons = lessons(database.transaction(ledger -> ledger.faults().stated()));
    if (lessons.equals(learnt)) {
      return;
    }
    LearntFaults faults = LearntFaults.shipped(WEIGHT);
    for (Lesson lesson : lessons) {
      faults = faults.confirm(lesson.incident(), lesson.kind(), lesson.deviations());
    }
    classifier = lessons.isEmpty() ? FaultClassifier.shipped() : faults.train();
    learnt = lessons;
    log.atInfo().addKeyValue("incidents", lessons.size()).log("kinds of faults learnt anew");
  }

  /// Nothing can be learnt from an incident that stays unknown.
  private static List<Lesson> lessons(List<FaultTable.Row> rows) {
    List<Lesson> lessons = new ArrayList<>();
    for (FaultTable.Row row : rows) {
      Optional<FaultKind> kind =
          row.stated()
              .flatMap(stated -> FaultKind.of(stated.kind()))
              .filter(stated -> stated != FaultKind.UNKNOWN);
      List<Contribution> deviations = row.signs().map(FaultSigns::deviations).orElse(List.of());
      if (kind.isPresent() && !deviations.isEmpty()) {
        lessons.add(new Lesson(row.incident(), kind.get(), deviations));
      }
    }
    return lessons;
  }
}
