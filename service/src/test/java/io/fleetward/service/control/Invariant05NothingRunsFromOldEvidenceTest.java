package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I5: a restart, a replay or the end of a pause runs nothing by itself.
class Invariant05NothingRunsFromOldEvidenceTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @Test
  void dispatchesAfterARestartOnlyOnceFreshEvidenceArrives() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().pause("until the crash", ALICE);
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.control().resume(stage.control().pauses().getFirst().id(), ALICE);
      assertThat(stage.states()).containsExactly("approved");

      stage.restart();
      stage.pass(Duration.ofSeconds(5));
      assertThat(stage.states()).containsExactly("approved");
      stage.control().alertHeard(ALERT.firing(stage.now().minusSeconds(6)));
      stage.pass(Duration.ofSeconds(1));
      stage.assertNothingSent();

      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(3));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(3));
      assertThat(stage.states()).containsExactly("dispatched");
      assertThat(stage.plans()).hasSize(1);
    }
  }

  @Test
  void judgesAPlanAgainThatTheCrashKeptFromBeingSent() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(1));
      stage.approve(ALICE);
      assertThat(stage.states()).containsExactly("dispatched");

      stage.restart();
      stage.tick();
      stage.relay();
      stage.assertNothingSent();
      assertThat(stage.remediation().stateDetail()).isEqualTo("held by freshness");

      stage.pass(Duration.ofSeconds(5));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.relay();
      assertThat(stage.plans()).hasSize(1);
      assertThat(stage.plans().getFirst().issuedAt()).isEqualTo(stage.now());
    }
  }

  @Test
  void judgesAPlanAgainThatExpiredWhileTheBrokerWasDown() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.control().pause("hold the outbox", ALICE);
      stage.control().resume(stage.control().pauses().getFirst().id(), ALICE);
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.control().pause("before the relay came round", ALICE);

      stage.pass(Duration.ofSeconds(70));
      assertThat(stage.states()).containsExactly("approved");
      stage.assertNothingSent();
    }
  }

  @Test
  void holdsBackWhenTheLastEvaluationIsTooOld() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(31));
      stage.approve(ALICE);
      assertThat(stage.states()).containsExactly("approved");
      assertThat(stage.remediation().stateDetail()).isEqualTo("held by freshness");
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.states()).containsExactly("dispatched");
    }
  }
}
