package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.Plan;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I3, the service's half: what one host says about another's plan takes nothing away from what the
/// other has to say.
class Invariant03AHostSpeaksForItselfTest {
  @TempDir Path folder;

  @Test
  void hearsAHostAlsoAfterAnotherSpokeForIt() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(Alerts.runaway("4711").firing(stage.now()));
      stage.approve(ALICE);
      stage.relay();
      Plan plan = stage.plans().getFirst();
      for (Status status : Status.values()) {
        stage.report(said("web-2", plan, status, stage));
      }
      assertThat(stage.states()).containsExactly("dispatched");
      stage.report(stage.outcome(plan, Status.STARTED));
      assertThat(stage.states()).containsExactly("running");
      stage.report(stage.outcome(plan, Status.SUCCEEDED));
      assertThat(stage.states()).containsExactly("verifying");
    }
  }

  private static Outcome said(String instance, Plan plan, Status status, StagedControl stage) {
    return new Outcome(
        plan.id(),
        plan.remediation(),
        instance,
        status,
        "",
        "",
        Map.of(),
        Map.of(),
        "",
        stage.now());
  }
}
