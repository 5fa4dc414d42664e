package io.fleetward.remediation.lifecycle;

import static io.fleetward.remediation.guard.Situated.NOW;
import static io.fleetward.remediation.guard.Situated.PROPOSAL;
import static io.fleetward.remediation.guard.Situated.approval;
import static io.fleetward.remediation.guard.Situated.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.remediation.guard.Situated;
import io.fleetward.remediation.lifecycle.RemediationEvent.AlertObserved;
import io.fleetward.remediation.lifecycle.RemediationEvent.OutcomeReported;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// I8: done needs an independent signal, never the action's own word.
class Invariant08DoneNeedsProofTest {
  private static final Dossier DOSSIER = new Dossier("rem-1", PROPOSAL, Situated.TERMS, NOW);
  private static final IssuedPlan PLAN =
      new IssuedPlan("plan-1", NOW, NOW.plus(Plan.LIFETIME), Duration.ofSeconds(20));
  private static final Remediation DISPATCHED =
      new Remediation.Dispatched(DOSSIER, List.of(approval("alice")), PLAN);
  private static final Remediation VERIFYING =
      new Remediation.Verifying(DOSSIER, PLAN, NOW, NOW.plusSeconds(120));

  @Test
  void takesSuccessWithoutEvidenceForUnknown() {
    assertThat(success(Map.of(), Map.of()).detail()).startsWith("unknown");
  }

  @Test
  void takesSuccessWithUnchangedEvidenceForUnknown() {
    Map<String, String> same = Map.of("process", "running");
    assertThat(success(same, same)).isInstanceOf(Remediation.Escalated.class);
  }

  @Test
  void verifiesNothingOnTheHostsWordAlone() {
    assertThat(success(Map.of("process", "running"), Map.of("process", "gone")))
        .isInstanceOf(Remediation.Verifying.class);
  }

  @Test
  void doesNotVerifyOnAnEvaluationFromBeforeTheEnd() {
    assertThat(observe(resolved(NOW))).isInstanceOf(Step.Unchanged.class);
  }

  @Test
  void doesNotVerifyOnANewEvaluationOfOldData() {
    assertThat(observe(resolvedOn(NOW))).isInstanceOf(Step.Unchanged.class);
    assertThat(observe(resolvedOn(NOW.plusMillis(1)))).isInstanceOf(Step.Moved.class);
  }

  @Test
  void countsTheEndFromWithinThePlansLifeWhateverTheHostSays() {
    for (Instant said : List.of(Instant.MIN, Instant.EPOCH, NOW.minusMillis(1))) {
      assertThat(endOf(said, NOW.plusSeconds(9))).isEqualTo(NOW);
    }
    for (Instant said : List.of(NOW.plusSeconds(9), NOW.plusSeconds(10), Instant.MAX)) {
      assertThat(endOf(said, NOW.plusSeconds(9))).isEqualTo(NOW.plusSeconds(9));
    }
    assertThat(endOf(NOW.plusSeconds(4), NOW.plusSeconds(9))).isEqualTo(NOW.plusSeconds(4));
    assertThat(endOf(NOW.plusSeconds(4), NOW.minusSeconds(1))).isEqualTo(NOW);
  }

  @Test
  void countsTheCooldownFromTheSameEnd() {
    Step step =
        RemediationLifecycle.next(
            DISPATCHED,
            new OutcomeReported(succeeded(Instant.MAX), NOW.plusSeconds(9), NOW.plusSeconds(30)));
    assertThat(((Step.Moved) step).effects())
        .contains(new Effect.EndAttempt("plan-1", NOW.plusSeconds(9)));
  }

  private static Instant endOf(Instant said, Instant appendedAt) {
    Step step =
        RemediationLifecycle.next(
            DISPATCHED, new OutcomeReported(succeeded(said), appendedAt, NOW.plusSeconds(30)));
    return ((Remediation.Verifying) ((Step.Moved) step).next()).endedAt();
  }

  private static Outcome succeeded(Instant at) {
    return outcome(Map.of("process", "running"), Map.of("process", "gone"), at);
  }

  private static AlertMessage resolvedOn(Instant newestSampleAt) {
    AlertMessage alert = resolved(NOW.plusSeconds(1));
    return new AlertMessage(
        alert.instance(),
        alert.labels(),
        alert.annotations(),
        alert.group(),
        alert.expression(),
        alert.state(),
        alert.value(),
        alert.evaluatedAt(),
        newestSampleAt,
        null,
        List.of(),
        alert.rulesVersion());
  }

  private static Step observe(AlertMessage alert) {
    return RemediationLifecycle.next(VERIFYING, new AlertObserved(alert, NOW.plusSeconds(2)));
  }

  private static Remediation success(Map<String, String> before, Map<String, String> after) {
    Outcome outcome = outcome(before, after, NOW);
    return switch (RemediationLifecycle.next(DISPATCHED, new OutcomeReported(outcome, NOW, NOW))) {
      case Step.Moved(Remediation next, _) -> next;
      case Step.Unchanged _, Step.Refused _ -> throw new AssertionError("did not move");
    };
  }

  private static Outcome outcome(
      Map<String, String> before, Map<String, String> after, Instant at) {
    return new Outcome(
        "plan-1", "rem-1", "web-1", Outcome.Status.SUCCEEDED, "", "done", before, after, "", at);
  }
}
