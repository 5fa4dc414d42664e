package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static io.fleetward.service.control.StagedControl.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.service.desk.Desk.Decision;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I14: an approval is for exactly what was shown, by people who may.
class Invariant14ApprovalsBindTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @Test
  void countsOnePersonOnce() {
    String policy = StagedControl.policy("mode: approve", "approval: two");
    try (StagedControl stage = new StagedControl(folder, policy)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.approve(ALICE)).isInstanceOf(Decision.Recorded.class);
      assertThat(stage.approve(ALICE)).isInstanceOf(Decision.Forbidden.class);
      assertThat(stage.states()).containsExactly("awaiting-approval");
      assertThat(stage.approve(BOB)).isInstanceOf(Decision.Recorded.class);
      assertThat(stage.states()).containsExactly("dispatched");
      assertThat(stage.decisions()).contains("refuse-decision", "record-approval", "approve");
    }
  }

  @Test
  void refusesToApproveWhatWasAlteredInTheDatabase() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      alter(stage);
      assertThat(stage.approve(ALICE)).isInstanceOf(Decision.Forbidden.class);
      assertThat(stage.states()).containsExactly("awaiting-approval");
    }
  }

  @Test
  void doesNotDispatchWhatWasAlteredAfterItsApproval() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().pause("to keep it waiting", BOB);
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      alter(stage);
      stage.control().resume(stage.control().pauses().getFirst().id(), BOB);
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(1));
      stage.assertNothingSent();
      assertThat(stage.remediation().stateDetail()).isEqualTo("held by approval");
    }
  }

  @Test
  void sendsProposalsBackWhoseApprovalWasForAnotherPolicy() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().pause("to keep it waiting", BOB);
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.restartWith(StagedControl.policy("mode: approve", "approval: two"));
      assertThat(stage.states()).containsExactly("superseded");
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.states()).containsExactlyInAnyOrder("awaiting-approval", "superseded");
      assertThat(stage.remediation().approvals()).isEmpty();
    }
  }

  private static void alter(StagedControl stage) {
    int changed =
        stage
            .database()
            .jdbi()
            .withHandle(handle ->
                handle.execute(
                    "UPDATE remediation SET document = replace(document, '4711', '4712')"));
    assertThat(changed).isEqualTo(1);
  }
}
