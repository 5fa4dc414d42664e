package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static io.fleetward.service.control.StagedControl.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.service.desk.PauseView;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I10: a pause forgets nothing that is current and keeps nothing that is stale.
class Invariant10PauseForgetsNothingTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @Test
  void dispatchesAfterThePauseWhatStillFires() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      PauseView pause = stage.control().pause("change window", BOB);
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.states()).containsExactly("awaiting-approval");
      stage.approve(ALICE);
      assertThat(stage.remediation().stateDetail()).isEqualTo("held by pause");
      stage.pass(Duration.ofMinutes(5));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.assertNothingSent();

      assertThat(stage.control().resume(pause.id(), BOB)).isTrue();
      stage.pass(Duration.ofSeconds(1));
      stage.assertNothingSent();
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.relay();
      assertThat(stage.plans()).hasSize(1);
    }
  }

  @Test
  void judgesAPlanAgainThatWasMadeBeforeThePause() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      assertThat(stage.states()).containsExactly("dispatched");
      stage.time.pass(Duration.ofMillis(500));
      PauseView pause = stage.control().pause("all stop", BOB);
      stage.pass(Duration.ofSeconds(40));
      stage.control().resume(pause.id(), BOB);
      stage.relay();
      stage.assertNothingSent();
      assertThat(stage.remediation().stateDetail()).isEqualTo("held by freshness");

      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.relay();
      assertThat(stage.plans())
          .singleElement()
          .satisfies(plan -> assertThat(plan.issuedAt()).isEqualTo(stage.now()));
    }
  }

  @Test
  void doesNotSendAPlanAgainAfterAPauseThatMayHaveArrivedBefore() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.broker.loseAcknowledgements();
      stage.relay();
      stage.broker.comeBack();
      PauseView pause = stage.control().pause("all stop", BOB);
      stage.time.pass(Duration.ofSeconds(5));
      stage.control().resume(pause.id(), BOB);
      stage.relay();
      stage.pass(Duration.ofSeconds(5));
      assertThat(stage.plans()).hasSize(1);
      assertThat(stage.states()).containsExactly("dispatched");
    }
  }

  @Test
  void asksAgainWhenAnApprovedRepairExpiredInThePause() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      PauseView pause = stage.control().pause("long change window", BOB);
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.pass(Duration.ofMinutes(61));
      assertThat(stage.states()).containsExactly("expired");

      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.states()).containsExactly("awaiting-approval", "expired");
      stage.control().resume(pause.id(), BOB);
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.assertNothingSent();
      stage.approve(ALICE);
      stage.relay();
      assertThat(stage.plans()).hasSize(1);
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.states()).containsExactly("dispatched", "expired");
    }
  }

  @Test
  void asksAgainForTheRungThatExpired() {
    String policy =
        StagedControl.policy("mode: approve", "limits: { attempts: 5 }")
            .replace("    verify:", StagedControl.SECOND_RUNG + "    verify:");
    try (StagedControl stage = new StagedControl(folder, policy)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.relay();
      stage.report(stage.outcome(stage.plans().getFirst(), Status.FAILED));
      stage.pass(Duration.ofMinutes(61));
      assertThat(stage.states()).containsExactly("expired", "superseded");
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.relay();
      assertThat(stage.plans())
          .extracting(Plan::timeout)
          .containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(60));
    }
  }

  @Test
  void dropsAtTheEndOfThePauseWhatHasResolvedInIt() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      PauseView pause = stage.control().pause("change window", BOB);
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.pass(Duration.ofMinutes(1));
      stage.control().alertHeard(ALERT.resolved(stage.now()));
      stage.control().resume(pause.id(), BOB);
      stage.pass(Duration.ofMinutes(1));
      assertThat(stage.states()).containsExactly("withdrawn");
      stage.assertNothingSent();
    }
  }

  @Test
  void staysPausedWhileAnotherPauseIsInForceAndAfterARestart() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      PauseView first = stage.control().pause("change window", BOB);
      stage.control().pause("incident review", ALICE);
      stage.control().resume(first.id(), BOB);
      stage.restart();
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      assertThat(stage.remediation().stateDetail()).isEqualTo("held by pause");
    }
  }
}
