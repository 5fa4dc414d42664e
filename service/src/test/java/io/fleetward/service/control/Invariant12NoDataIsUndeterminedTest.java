package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I12, the service's half: an incident of which nothing is heard any more is neither resolved nor
/// acted upon, and says so once.
class Invariant12NoDataIsUndeterminedTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @Test
  void saysOnceThatNothingIsHeardOfAnIncident() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofMinutes(15));
      assertThat(stage.timeline()).doesNotContain("undetermined");
      stage.pass(Duration.ofMinutes(30));
      assertThat(stage.timeline()).filteredOn("undetermined"::equals).hasSize(1);
      assertThat(stage.decisions()).filteredOn("undetermined"::equals).hasSize(1);
      assertThat(stage.control().incidents(Optional.of("open"), 10)).hasSize(1);
      stage.approve(ALICE);
      assertThat(stage.remediation().stateDetail()).isEqualTo("held by freshness");
      stage.assertNothingSent();
    }
  }

  @Test
  void saysThatItIsHeardOfAgain() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofMinutes(20));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofMinutes(5));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofMinutes(20));
      assertThat(stage.timeline())
          .filteredOn(what -> what.equals("undetermined") || what.equals("heard-again"))
          .containsExactly("undetermined", "heard-again", "undetermined");
    }
  }

  @Test
  void takesItsOwnAbsenceForNoSilence() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.time.pass(Duration.ofHours(1));
      stage.restart();
      stage.tick();
      assertThat(stage.timeline()).doesNotContain("undetermined");
      stage.pass(Duration.ofMinutes(16));
      assertThat(stage.timeline()).contains("undetermined");
    }
  }

  @Test
  void leavesAnIncidentAloneThatIsTold() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      for (int i = 0; i < 10; i++) {
        stage.control().alertHeard(ALERT.firing(stage.now()));
        stage.pass(Duration.ofMinutes(5));
      }
      stage.control().alertHeard(ALERT.resolved(stage.now()));
      stage.pass(Duration.ofMinutes(20));
      assertThat(stage.timeline()).doesNotContain("undetermined");
    }
  }
}
