package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Outcome.Status;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I7: attempts are counted across restarts; after the cap, a person.
class Invariant07AttemptsSurviveTest {
  @TempDir Path folder;

  @Test
  void blocksTheThirdAttemptAfterARestart() {
    String policy = StagedControl.policy("mode: approve", "limits: { cooldown: 1s, attempts: 2 }");
    try (StagedControl stage = new StagedControl(folder, policy)) {
      repair(stage, Alerts.runaway("1001"));
      stage.restart();
      stage.pass(Duration.ofSeconds(5));
      repair(stage, Alerts.runaway("1002"));
      stage.restart();
      stage.pass(Duration.ofSeconds(5));

      Alerts third = Alerts.runaway("1003");
      stage.control().alertHeard(third.firing(stage.now()));
      assertThat(stage.remediation().state()).isEqualTo("blocked");
      assertThat(stage.remediation().stateDetail()).contains("2 of 2 attempts");
      assertThat(stage.plans()).hasSize(2);

      stage.control().alertHeard(third.on("web-2").firing(stage.now()));
      assertThat(stage.remediation().instance()).isEqualTo("web-2");
      assertThat(stage.remediation().state()).isEqualTo("awaiting-approval");
    }
  }

  private static void repair(StagedControl stage, Alerts alert) {
    stage.control().alertHeard(alert.firing(stage.now()));
    stage.approve(ALICE);
    stage.relay();
    stage.pass(Duration.ofSeconds(1));
    stage.report(stage.outcome(stage.plans().getLast(), Status.SUCCEEDED));
    stage.pass(Duration.ofSeconds(1));
    stage.control().alertHeard(alert.resolved(stage.now()));
    assertThat(stage.remediation().state()).isEqualTo("verified");
    stage.pass(Duration.ofSeconds(2));
  }
}
