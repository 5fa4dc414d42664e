package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static io.fleetward.service.control.StagedControl.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.remediation.guard.Guards;
import io.fleetward.service.desk.TraceEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I16: for every action that was not taken, the guard that stopped it is on record, once.
class Invariant16EveryDecisionHasACauseTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @Test
  void recordsWhatHeldAnApprovedProposalOnceAndEachTimeItChanges() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().pause("all stop", BOB);
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.pass(Duration.ofSeconds(20));
      stage.pass(Duration.ofSeconds(20));

      List<TraceEntry> holds =
          trace(stage).stream().filter(entry -> entry.decision().equals("hold")).toList();
      assertThat(holds).hasSize(2);
      assertThat(objecting(holds.getFirst())).containsExactly("pause");
      assertThat(objecting(holds.getLast())).containsExactly("freshness", "pause");
      assertThat(holds.getFirst().guards()).hasSize(Guards.standard().all().size());
    }
  }

  @Test
  void recordsWhatAnObservingPolicyWouldHaveDone() {
    String policy = StagedControl.policy("mode: observe");
    try (StagedControl stage = new StagedControl(folder, policy)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(5));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.states()).containsExactly("proposed");
      assertThat(trace(stage))
          .filteredOn(entry -> entry.decision().equals("propose"))
          .singleElement()
          .satisfies(entry -> assertThat(entry.reason()).contains("only observes"));
      stage.control().alertHeard(ALERT.resolved(stage.now().plusSeconds(1)));
      assertThat(stage.states()).containsExactly("withdrawn");
      stage.assertNothingSent();
    }
  }

  @Test
  void recordsThatNoPolicyMatches() {
    String policy = StagedControl.policy("mode: approve").replace("(Cpu|Memory)", "Disk");
    try (StagedControl stage = new StagedControl(folder, policy)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(5));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(trace(stage))
          .filteredOn(entry -> entry.decision().equals("hold"))
          .singleElement()
          .satisfies(entry -> assertThat(entry.reason()).isEqualTo("no policy matches"));
    }
  }

  private static List<String> objecting(TraceEntry entry) {
    return entry.guards().stream()
        .filter(TraceEntry.GuardView::objects)
        .map(TraceEntry.GuardView::name)
        .toList();
  }

  private static List<TraceEntry> trace(StagedControl stage) {
    String incident = stage.control().incidents(Optional.empty(), 1).getFirst().id();
    return stage.control().trace(incident);
  }
}
