package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I2: one decision touches one host, also where two go by its name.
class Invariant02OnlyTheHostThatIsMeantTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @Test
  void aPlanNamesTheKeyOfTheHostThatAnnouncedIt() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.relay();
      assertThat(stage.plans()).extracting("hostKey").containsExactly(stage.keyOf("web-1"));
    }
  }

  @Test
  void nothingIsDispatchedWhileAnotherHostGoesByTheName() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.announce("web-1", "00");
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.relay();
      stage.assertNothingSent();
      assertThat(stage.remediation().state()).isEqualTo("approved");
      assertThat(stage.remediation().stateDetail()).contains("host-key");

      stage.announce("web-1", stage.keyOf("web-1"));
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.relay();
      assertThat(stage.plans()).extracting("hostKey").containsExactly(stage.keyOf("web-1"));
    }
  }

  @Test
  void nothingIsProposedOnWhatARuleAcrossHostsSays() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      Alerts across = ALERT.on(AlertMessage.ofGroup("fleet")).with("instance", "web-1");
      int known = stage.rowsOf("host");
      stage.control().alertHeard(across.firing(stage.now()));
      assertThat(stage.rowsOf("remediation")).isZero();
      assertThat(stage.rowsOf("incident")).isOne();
      assertThat(stage.rowsOf("host")).isEqualTo(known);
    }
  }

  @Test
  void nothingIsDispatchedToAHostWithoutAKey() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.announce("web-1", "");
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.relay();
      stage.assertNothingSent();
      assertThat(stage.remediation().stateDetail()).contains("host-key");
    }
  }
}
