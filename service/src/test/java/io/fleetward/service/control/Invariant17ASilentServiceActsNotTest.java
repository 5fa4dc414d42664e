package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static io.fleetward.service.control.StagedControl.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.service.desk.PauseView;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I17, the service's half: plans live a minute, heartbeats tell of pauses, and nothing is
/// dispatched while the broker's time is unknown.
class Invariant17ASilentServiceActsNotTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @Test
  void tellsOfAPauseInTheNextHeartbeat() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      assertThat(stage.heartbeats().getLast())
          .isEqualTo(new Heartbeat("service-1", Alerts.ACTIVE_AT.plusSeconds(10), false, ""));
      PauseView pause = stage.control().pause("change window", BOB);
      stage.beat();
      assertThat(stage.heartbeats().getLast())
          .isEqualTo(new Heartbeat("service-1", stage.now(), true, "change window by bob"));
      stage.control().resume(pause.id(), BOB);
      stage.beat();
      assertThat(stage.heartbeats().getLast().paused()).isFalse();
    }
  }

  @Test
  void givesAPlanAMinute() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.relay();
      Plan plan = stage.plans().getFirst();
      assertThat(Duration.between(plan.issuedAt(), plan.expiresAt()))
          .isEqualTo(Duration.ofSeconds(60));
    }
  }

  @Test
  void dispatchesNothingWhileTheBrokersTimeIsUnknown() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.broker.goDown();
      stage.pass(Duration.ofSeconds(70));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      assertThat(stage.remediation().stateDetail()).isEqualTo("held by clock");
      stage.broker.comeBack();
      stage.pass(Duration.ofSeconds(1));
      assertThat(stage.plans()).hasSize(1);
    }
  }

  @Test
  void decidesNothingBecauseTheWallClockWasSet() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.time.set(Duration.ofHours(2));
      stage.tick();
      assertThat(stage.states()).containsExactly("awaiting-approval");
      stage.approve(ALICE);
      stage.relay();
      stage.time.set(Duration.ofHours(2));
      stage.tick();
      assertThat(stage.states()).containsExactly("dispatched");
      stage.report(stage.outcome(stage.plans().getFirst(), Outcome.Status.SUCCEEDED));
      stage.time.set(Duration.ofHours(2));
      stage.tick();
      assertThat(stage.states()).containsExactly("verifying");
    }
  }

  @Test
  void sendsNoPlanThatWasMadeJustBeforeAPause() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      assertThat(stage.states()).containsExactly("dispatched");
      stage.control().pause("all stop", BOB);
      stage.pass(Duration.ofSeconds(70));
      stage.assertNothingSent();
      assertThat(stage.remediation().stateDetail()).isEqualTo("held by freshness, pause");
    }
  }
}
