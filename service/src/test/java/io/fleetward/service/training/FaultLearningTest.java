package io.fleetward.service.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.models.faults.FaultClassifier;
import io.fleetward.models.faults.FaultKind;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseFile;
import io.fleetward.service.store.FaultTable.Statement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultLearningTest {
  private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");
  private static final List<Contribution> BUSY =
      List.of(new Contribution("instance:node_cpu_busy:ratio_rate30s", 0.95, 0.05, 1));

  @TempDir private Path folder;
  private final FaultLearning learning = new FaultLearning();
  private Database database;

  @BeforeEach
  void open() {
    database = DatabaseFile.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void incident(String id, String stated, List<Contribution> deviations) {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO incident (id, instance, alert_name, title, severity, opened_at)
                VALUES (?, 'web-1', 'HostAnomalous', 'odd', 'info', 0)
                """,
                id));
    database.transaction(ledger -> {
      ledger.faults().found(id, new FaultSigns(AT, List.of(), "", deviations));
      ledger.faults().state(id, new Statement(stated, "alice", "looked", AT));
      return true;
    });
  }

  private static double probability(FaultClassifier classifier, FaultKind kind) {
    return classifier.classify(BUSY).stream()
        .filter(one -> one.kind() == kind)
        .findFirst()
        .orElseThrow()
        .probability();
  }

  @Test
  void whatPeopleSayMakesThatKindMoreProbableThere() {
    double before = probability(learning.classifier(), FaultKind.MEMORY_LEAK);
    for (int i = 0; i < 4; i++) {
      incident("inc-" + i, FaultKind.MEMORY_LEAK.text(), BUSY);
    }

    learning.learn(database);

    assertThat(probability(learning.classifier(), FaultKind.MEMORY_LEAK)).isGreaterThan(2 * before);
  }

  @Test
  void nothingIsTrainedAgainWhileNobodySaysAnythingNew() {
    learning.learn(database);
    assertThat(learning.classifier()).isSameAs(FaultClassifier.shipped());
    incident("inc-1", FaultKind.FD_LEAK.text(), BUSY);
    learning.learn(database);
    FaultClassifier learnt = learning.classifier();

    learning.learn(database);

    assertThat(learnt).isNotSameAs(FaultClassifier.shipped());
    assertThat(learning.classifier()).isSameAs(learnt);
  }

  @Test
  void anUnknownKindAndAnIncidentThatNobodyLookedIntoTeachNothing() {
    incident("inc-1", FaultKind.UNKNOWN.text(), BUSY);
    incident("inc-2", FaultKind.FD_LEAK.text(), List.of());

    learning.learn(database);

    assertThat(learning.classifier()).isSameAs(FaultClassifier.shipped());
  }
}
