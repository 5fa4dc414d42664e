package io.fleetward.service.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.protocol.messages.AlertMessage.KindProbability;
import io.fleetward.service.desk.FaultView;
import io.fleetward.service.desk.IncidentView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an incident keeps of the kind of its fault.
class FaultBookTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir private Path folder;

  private static AlertMessage with(@Nullable FaultSigns fault, AlertMessage alert) {
    return new AlertMessage(
        alert.instance(),
        alert.labels(),
        alert.annotations(),
        alert.group(),
        alert.expression(),
        alert.state(),
        alert.value(),
        alert.evaluatedAt(),
        alert.newestSampleAt(),
        alert.anomalousSince(),
        alert.contributions(),
        alert.rulesVersion(),
        fault,
        alert.provenance());
  }

  private static FaultSigns signs(Instant at, String kind, double probability) {
    return new FaultSigns(
        at,
        List.of(new KindProbability(kind, probability), new KindProbability("disk-load", 0.05)),
        kind.equals("unknown") ? "no kind is probable enough" : "",
        List.of(new Contribution("files", 9_000, 3_000, 0.5)));
  }

  private static IncidentView incident(StagedControl stage) {
    return stage.control().incidents(Optional.empty(), 1).getFirst();
  }

  private static FaultView fault(StagedControl stage) {
    return requireNonNull(incident(stage).fault());
  }

  @Test
  void theKindStaysWithTheIncidentAndTheTimelineTellsWhenItChanges() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(with(null, ALERT.firing(stage.now())));
      assertThat(incident(stage).fault()).isNull();
      for (String kind : List.of("unknown", "unknown", "fd-leak")) {
        stage.pass(Duration.ofSeconds(5));
        stage.control().alertHeard(with(signs(stage.now(), kind, 0.9), ALERT.firing(stage.now())));
      }
      stage.pass(Duration.ofSeconds(5));
      stage.control().alertHeard(ALERT.resolved(stage.now()));

      assertThat(fault(stage).kinds().getFirst()).isEqualTo(new KindProbability("fd-leak", 0.9));
      assertThat(fault(stage).stated()).isNull();
      assertThat(
              incident(stage).timeline().stream()
                  .filter(entry -> entry.what().equals("fault-kind"))
                  .map(IncidentView.TimelineEntry::detail))
          .containsExactly(
              "unknown 90 %, disk-load 5 % (no kind is probable enough), told from files 9.00e+03,"
                  + " expected 3.00e+03",
              "fd-leak 90 %, disk-load 5 %, told from files 9.00e+03, expected 3.00e+03");
    }
  }

  @Test
  void whatAPersonSaysIsKeptBesideIt() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage
          .control()
          .alertHeard(with(signs(stage.now(), "unknown", 0.9), ALERT.firing(stage.now())));
      String id = incident(stage).id();

      assertThat(stage.control().stateFault("none", "fd-leak", "lsof", StagedControl.ALICE))
          .isEmpty();
      stage.control().stateFault(id, "cpu-hog", "top", StagedControl.BOB);
      stage.control().stateFault(id, "fd-leak", "lsof", StagedControl.ALICE);

      assertThat(fault(stage).stated())
          .isEqualTo(new FaultView.Statement("fd-leak", "alice", "lsof", stage.now()));
      assertThat(fault(stage).kinds().getFirst().kind()).isEqualTo("unknown");
      assertThat(stage.timeline()).endsWith("fault-stated", "fault-stated");
      assertThat(stage.decisions()).contains("state-fault");
    }
  }
}
