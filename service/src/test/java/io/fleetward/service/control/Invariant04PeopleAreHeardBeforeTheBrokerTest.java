package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static io.fleetward.service.control.StagedControl.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.service.desk.Desk.Decision;
import io.fleetward.service.desk.Desk.Verdict;
import io.fleetward.service.desk.PauseView;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I4: the way back does not wait for the broker. A service that has not begun, because the broker
/// is down, pauses and decides all the same, and dispatches nothing.
class Invariant04PeopleAreHeardBeforeTheBrokerTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @Test
  void pausesAndResumes() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      Control waiting = stage.beforeItBegins();
      PauseView pause = waiting.pause("the broker is down", BOB);
      assertThat(waiting.pauses()).containsExactly(pause);
      assertThat(waiting.resume(pause.id(), BOB)).isTrue();
    }
  }

  @Test
  void takesDecisionsButDispatchesNothing() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      String id = stage.remediation().id();
      Control waiting = stage.beforeItBegins();
      assertThat(waiting.decide(id, Verdict.APPROVE, "looks right", ALICE))
          .isInstanceOf(Decision.Recorded.class);
      assertThat(waiting.remediations(Optional.of("approved"), 10))
          .singleElement()
          .satisfies(held -> assertThat(held.stateDetail()).isEqualTo("held by clock, freshness"));
    }
  }
}
