package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static io.fleetward.service.control.StagedControl.policy;
import static io.fleetward.service.control.StagedControl.policySet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Outcome.Status;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Policies that are replaced while the service runs.
class ReloadedPoliciesTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @Test
  void dropWhatWasProposedByTheOnesBefore() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.states()).containsExactly("awaiting-approval");
      stage.control().activate(policySet(policy("mode: approve", "approval: two")));
      assertThat(stage.states()).containsExactly("superseded");

      stage.pass(Duration.ofSeconds(5));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.remediation().approvalsNeeded()).isEqualTo(2);
      assertThat(stage.states()).containsExactlyInAnyOrder("awaiting-approval", "superseded");
    }
  }

  @Test
  void leaveAloneWhatTheySayAsBefore() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.control().activate(policySet("# read again\n" + policy("mode: approve")));
      assertThat(stage.states()).containsExactly("awaiting-approval");
      stage.approve(ALICE);
      stage.relay();
      assertThat(stage.plans()).hasSize(1);
    }
  }

  @Test
  void anAlertWhoseRuleIsGoneEndsItsIncidentAndWithdrawsWhatWasProposed() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.dropped(stage.now()));
      assertThat(stage.states()).containsExactly("withdrawn");
      assertThat(stage.timeline()).contains("alert-dropped", "withdrawn", "incident-resolved");
    }
  }

  @Test
  void anAlertWhoseRuleIsGoneVerifiesNothing() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.relay();
      stage.pass(Duration.ofSeconds(1));
      stage.report(stage.outcome(stage.plans().getFirst(), Status.SUCCEEDED));
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.dropped(stage.now()));
      assertThat(stage.states()).containsExactly("verifying");
      stage.pass(Duration.ofMinutes(3));
      assertThat(stage.states()).containsExactly("escalated");
    }
  }

  @Test
  void neverMakeASecondPlanOfOneThatIsAboutToBeSent() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      assertThat(stage.states()).containsExactly("dispatched");
      stage.control().activate(policySet(policy("mode: observe")));
      assertThat(stage.states()).containsExactly("dispatched");
      stage.relay();
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.relay();
      assertThat(stage.plans()).hasSize(1);
    }
  }
}
