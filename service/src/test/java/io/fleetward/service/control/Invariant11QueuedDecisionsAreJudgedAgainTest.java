package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Outcome.Status;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I11: what waits for a host is judged again on data from after an action on that host.
class Invariant11QueuedDecisionsAreJudgedAgainTest {
  @TempDir Path folder;

  @Test
  void holdsASecondPolicyUntilTheFirstHasEndedAndNewerEvidenceCame() {
    String first = StagedControl.policy("mode: approve");
    String both =
        first + first.substring(first.indexOf("  - name")).replace("end-runaway", "also-end");
    Alerts alert = Alerts.runaway("4711");
    try (StagedControl stage = new StagedControl(folder, both)) {
      stage.control().alertHeard(alert.firing(stage.now()));
      stage.approveAll(ALICE);
      stage.relay();
      assertThat(stage.plans()).hasSize(1);
      assertThat(stage.states()).containsExactlyInAnyOrder("dispatched", "approved");

      stage.pass(Duration.ofSeconds(2));
      stage.control().alertHeard(alert.firing(stage.now()));
      stage.pass(Duration.ofSeconds(2));
      stage.report(stage.outcome(stage.plans().getFirst(), Status.FAILED));
      stage.pass(Duration.ofSeconds(1));
      assertThat(stage.states()).containsExactlyInAnyOrder("escalated", "approved");
      assertThat(stage.plans()).hasSize(1);

      stage.control().alertHeard(alert.firing(stage.now()));
      stage.relay();
      assertThat(stage.plans()).hasSize(2);
    }
  }
}
