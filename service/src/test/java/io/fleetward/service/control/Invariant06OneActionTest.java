package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I6: however often something is told, and in whatever order, one action comes of it.
class Invariant06OneActionTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @RepeatedTest(5)
  void makesOnePlanOfRepeatedAndReorderedMessages() {
    long seed = Long.getLong("fleetward.seed", 11);
    Random random = new Random(seed);
    try (StagedControl stage = StagedControl.shipped(folder)) {
      List<AlertMessage> messages = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        messages.add(ALERT.pending(stage.now().minusMillis(900 - i)));
        messages.add(ALERT.firing(stage.now().minusMillis(500 - i)));
      }
      messages.addAll(List.copyOf(messages));
      Collections.shuffle(messages, random);
      messages.forEach(stage.control()::alertHeard);
      stage.approve(ALICE);
      messages.forEach(stage.control()::alertHeard);
      stage.relay();
      stage.relay();
      assertThat(stage.plans()).as("seed %d", seed).hasSize(1);
      assertThat(stage.states()).as("seed %d", seed).hasSize(1);

      Plan plan = stage.plans().getFirst();
      stage.pass(Duration.ofSeconds(1));
      List<Outcome> outcomes = new ArrayList<>();
      outcomes.add(stage.outcome(plan, Status.STARTED));
      outcomes.add(stage.outcome(plan, Status.SUCCEEDED));
      outcomes.addAll(List.copyOf(outcomes));
      Collections.shuffle(outcomes, random);
      outcomes.forEach(stage::report);
      assertThat(stage.states()).as("seed %d", seed).containsExactly("verifying");
      messages.forEach(stage.control()::alertHeard);
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.resolved(stage.now()));
      messages.forEach(stage.control()::alertHeard);
      outcomes.forEach(stage::report);
      stage.pass(Duration.ofSeconds(1));
      assertThat(stage.states()).as("seed %d", seed).containsExactly("verified");
      assertThat(stage.control().incidents(Optional.empty(), 10))
          .as("seed %d", seed)
          .singleElement()
          .satisfies(incident -> assertThat(incident.state()).isEqualTo("resolved"));
      assertThat(stage.plans()).as("seed %d", seed).hasSize(1);
    }
  }

  @Test
  void sendsTheSameBytesAgainWhenNoAcknowledgementCame() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      approved(stage);
      stage.broker.loseAcknowledgements();
      stage.relay();
      stage.broker.comeBack();
      stage.relay();
      stage.relay();
      var sent = stage.broker.to(Topics.PLANS);
      assertThat(sent).hasSize(2);
      assertThat(sent.getFirst().value()).isEqualTo(sent.getLast().value());
      assertThat(sent.getFirst().key()).isEqualTo("web-1");
    }
  }

  @Test
  void neverReplacesAPlanThatMayHaveArrived() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      approved(stage);
      stage.broker.loseAcknowledgements();
      stage.relay();
      stage.restart();
      stage.broker.goDown();
      stage.time.pass(Duration.ofSeconds(65));
      stage.broker.comeBack();
      stage.beat();
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.tick();
      stage.relay();
      assertThat(stage.states()).containsExactly("dispatched");
      stage.pass(Duration.ofMinutes(2));
      assertThat(stage.states()).containsExactly("escalated");
      assertThat(stage.remediation().stateDetail()).startsWith("unknown");
      assertThat(stage.plans()).hasSize(1);
    }
  }

  private static void approved(StagedControl stage) {
    stage.control().alertHeard(ALERT.firing(stage.now()));
    stage.pass(Duration.ofSeconds(1));
    stage.approve(ALICE);
    assertThat(stage.states()).containsExactly("dispatched");
  }
}
