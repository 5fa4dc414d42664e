package io.fleetward.service.control;

import static io.fleetward.service.control.StagedControl.ALICE;
import static io.fleetward.service.control.StagedControl.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.service.desk.Desk.Decision;
import io.fleetward.service.desk.Desk.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {
  private static final Alerts ALERT = Alerts.runaway("4711");

  @TempDir Path folder;

  @Test
  void goesFromAFiringAlertToAVerifiedRepair() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.states()).containsExactly("awaiting-approval");
      stage.assertNothingSent();

      stage.pass(Duration.ofSeconds(5));
      assertThat(stage.approve(ALICE)).isInstanceOf(Decision.Recorded.class);
      assertThat(stage.states()).containsExactly("dispatched");
      stage.relay();
      Plan plan = stage.plans().getFirst();
      assertThat(plan.action()).isEqualTo("end-process");
      assertThat(plan.parameters()).containsEntry("pid", "4711").hasSize(5);
      assertThat(plan.proposalHash()).isEqualTo(stage.remediation().proposalHash());
      assertThat(plan.expiresAt()).isEqualTo(stage.now().plus(Plan.LIFETIME));

      stage.report(stage.outcome(plan, Status.STARTED));
      assertThat(stage.states()).containsExactly("running");
      stage.pass(Duration.ofSeconds(1));
      stage.report(stage.outcome(plan, Status.SUCCEEDED));
      assertThat(stage.states()).containsExactly("verifying");

      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.resolved(stage.now()));
      assertThat(stage.states()).containsExactly("verified");
      assertThat(stage.control().incidents(Optional.of("resolved"), 10)).hasSize(1);
      assertThat(stage.timeline())
          .containsExactly(
              "first-anomalous-score",
              "alert-pending",
              "alert-firing",
              "incident-opened",
              "proposed",
              "approved",
              "dispatched",
              "started",
              "done",
              "alert-resolved",
              "verified",
              "incident-resolved");
      assertThat(stage.decisions())
          .containsExactly(
              "open-incident",
              "propose",
              "approve",
              "dispatch",
              "start",
              "end",
              "verify",
              "resolve-incident");
    }
  }

  @Test
  void recordsEveryGuardForADispatch() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(1));
      stage.approve(ALICE);

      var incident = stage.control().incidents(Optional.empty(), 1).getFirst().id();
      var dispatch =
          stage.control().trace(incident).stream()
              .filter(entry -> entry.decision().equals("dispatch"))
              .findFirst()
              .orElseThrow();
      assertThat(dispatch.guards())
          .extracting(guard -> guard.name() + " " + guard.objects())
          .containsExactly(
              "target false",
              "host-key false",
              "policy-in-force false",
              "firing false",
              "clock false",
              "freshness false",
              "provenance false",
              "approval false",
              "pause false",
              "under-way false",
              "blast-radius false",
              "cooldown false",
              "attempts false");
      assertThat(dispatch.inputs()).anyMatch(input -> input.startsWith("evidence="));
    }
  }

  @Test
  void withdrawsAProposalWhoseAlertResolves() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.resolved(stage.now()));
      assertThat(stage.states()).containsExactly("withdrawn");
      assertThat(stage.approve(ALICE)).isInstanceOf(Decision.NotAwaiting.class);
      assertThat(stage.control().incidents(Optional.of("open"), 10)).isEmpty();
    }
  }

  @Test
  void doesNotProposeAgainWhatAPersonRejected() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      String id = stage.remediation().id();
      assertThat(stage.control().decide(id, Verdict.REJECT, "it is a build", BOB))
          .isInstanceOf(Decision.Recorded.class);
      stage.pass(Duration.ofSeconds(10));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.states()).containsExactly("rejected");
    }
  }

  @Test
  void blocksAProposalThatLacksALabel() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.without("boot_id").firing(stage.now()));
      assertThat(stage.states()).containsExactly("blocked");
      assertThat(stage.remediation().stateDetail()).contains("boot_id");
    }
  }

  @Test
  void letsAProposalExpireThatNobodyDecides() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofMinutes(61));
      assertThat(stage.states()).containsExactly("expired");
      stage.assertNothingSent();
    }
  }

  @Test
  void escalatesWhatTheHostRefuses() {
    try (StagedControl stage = dispatched(folder)) {
      Plan plan = stage.plans().getFirst();
      stage.report(refused(stage, plan, "unknown-action"));
      assertThat(stage.states()).containsExactly("escalated");
      assertThat(stage.remediation().stateDetail()).contains("unknown-action");
    }
  }

  @Test
  void makesNoSecondPlanWhenACopyWasRefused() {
    for (String reason : List.of("expired", "replayed")) {
      try (StagedControl stage = dispatched(folder.resolve(reason))) {
        Plan plan = stage.plans().getFirst();
        stage.report(stage.outcome(plan, Status.STARTED));
        stage.report(refused(stage, plan, reason));
        assertThat(stage.states()).containsExactly("running");
        stage.pass(Duration.ofSeconds(5));
        stage.control().alertHeard(ALERT.firing(stage.now()));
        stage.relay();
        assertThat(stage.plans()).hasSize(1);
      }
    }
  }

  @Test
  void proposesTheNextRungWhenTheFirstDidNotHelp() {
    String policy =
        StagedControl.policy("mode: approve", "limits: { attempts: 5 }")
            .replace("    verify:", StagedControl.SECOND_RUNG + "    verify:");
    try (StagedControl stage = new StagedControl(folder, policy)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approve(ALICE);
      stage.relay();
      stage.pass(Duration.ofSeconds(1));
      stage.report(stage.outcome(stage.plans().getFirst(), Status.FAILED));
      assertThat(stage.states()).containsExactlyInAnyOrder("superseded", "awaiting-approval");
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.approveAll(BOB);
      stage.relay();
      assertThat(stage.plans()).hasSize(2);
      assertThat(stage.plans().getLast().timeout()).isEqualTo(Duration.ofSeconds(60));
      stage.pass(Duration.ofSeconds(1));
      stage.report(stage.outcome(stage.plans().getLast(), Status.TIMED_OUT));
      assertThat(stage.states()).containsExactlyInAnyOrder("superseded", "escalated");
      stage.control().alertHeard(ALERT.firing(stage.now()));
      assertThat(stage.states()).hasSize(2);
    }
  }

  @Test
  void keepsTheIncidentWhenTheMessagesOfOneEvaluationAreToldAgain() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      for (int i = 0; i < 2; i++) {
        stage.control().alertHeard(ALERT.pending(Alerts.ACTIVE_AT));
        stage.control().alertHeard(ALERT.firing(Alerts.ACTIVE_AT));
      }
      assertThat(stage.control().incidents(Optional.empty(), 10))
          .singleElement()
          .satisfies(incident -> assertThat(incident.state()).isEqualTo("open"));
      for (int i = 0; i < 2; i++) {
        stage.control().alertHeard(ALERT.pending(Alerts.ACTIVE_AT));
        stage.control().alertHeard(ALERT.firing(Alerts.ACTIVE_AT));
        stage.control().alertHeard(ALERT.resolved(Alerts.ACTIVE_AT));
      }
      assertThat(stage.control().incidents(Optional.empty(), 10))
          .singleElement()
          .satisfies(incident -> assertThat(incident.state()).isEqualTo("resolved"));
    }
  }

  @Test
  void addsNothingToAClosedIncidentWhenItsAlertIsToldAgain() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(10));
      Instant resolvedAt = stage.now();
      stage.control().alertHeard(ALERT.resolved(resolvedAt));
      var closed = stage.control().incidents(Optional.empty(), 10);
      for (int i = 0; i < 5; i++) {
        stage.pass(Duration.ofSeconds(10));
        stage.control().alertHeard(ALERT.toldAgain(resolvedAt, stage.now()));
      }
      assertThat(stage.control().incidents(Optional.empty(), 10))
          .singleElement()
          .satisfies(incident -> {
            assertThat(incident.timeline()).isEqualTo(closed.getFirst().timeline());
            assertThat(incident.state()).isEqualTo("resolved");
          });
    }
  }

  @Test
  void addsNothingToAClosedIncidentWhenItsAlertWasOnlyPendingAgain() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.pass(Duration.ofSeconds(10));
      stage.control().alertHeard(ALERT.resolved(stage.now()));
      List<String> closed = stage.timeline();
      stage.pass(Duration.ofSeconds(10));
      Alerts again = ALERT.activeSince(stage.now());
      stage.control().alertHeard(again.pending(stage.now()));
      stage.pass(Duration.ofSeconds(10));
      stage.control().alertHeard(again.ceased(stage.now()));
      assertThat(stage.timeline()).isEqualTo(closed);
    }
  }

  @Test
  void hearsOfAnAlertThatCeasedWhilePending() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(ALERT.ceased(stage.now()));
      stage.control().alertHeard(ALERT.pending(stage.now().minusSeconds(1)));
      assertThat(stage.control().incidents(Optional.empty(), 10)).isEmpty();
      assertThat(stage.states()).isEmpty();
    }
  }

  @Test
  void keepsAnIncidentOpenUntilTheLastOfItsAlertsResolves() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      Alerts other = Alerts.runaway("4712");
      stage.control().alertHeard(ALERT.firing(stage.now()));
      stage.control().alertHeard(other.firing(stage.now()));
      assertThat(stage.control().incidents(Optional.empty(), 10)).hasSize(1);
      assertThat(stage.states()).containsExactly("awaiting-approval");
      assertThat(stage.decisions()).contains("hold");

      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.resolved(stage.now()));
      assertThat(stage.control().incidents(Optional.of("open"), 10)).hasSize(1);
      stage.control().alertHeard(other.firing(stage.now()));
      assertThat(stage.states()).containsExactlyInAnyOrder("withdrawn", "awaiting-approval");
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(other.resolved(stage.now()));
      assertThat(stage.control().incidents(Optional.of("resolved"), 10)).hasSize(1);

      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(ALERT.activeSince(stage.now()).firing(stage.now()));
      assertThat(stage.control().incidents(Optional.empty(), 10)).hasSize(2);
    }
  }

  private static StagedControl dispatched(Path folder) {
    StagedControl stage = StagedControl.shipped(folder);
    stage.control().alertHeard(ALERT.firing(stage.now()));
    stage.pass(Duration.ofSeconds(1));
    stage.approve(ALICE);
    stage.relay();
    return stage;
  }

  private static Outcome refused(StagedControl stage, Plan plan, String reason) {
    return new Outcome(
        plan.id(),
        plan.remediation(),
        plan.instance(),
        Status.REFUSED,
        reason,
        "no",
        Map.of(),
        Map.of(),
        "",
        stage.now());
  }
}
