package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.fleetward.agent.action.Judgement.Accepted;
import io.fleetward.agent.action.Judgement.Refused;
import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.signing.TrustedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I17: what was allowed before precondition and evidence were read must be so when the action
/// begins.
class Invariant17JudgedAgainBeforeTheActionTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;

  @Test
  void aStopFileThatAppearsWhileTheEvidenceIsReadStopsThePlan() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);
    host.allow(
        "a.yaml",
        "action: a\nrun: [touch, %s/acted]\nevidence: [touch, %s/stop]\n"
            .formatted(folder, folder));

    assertRefused(host.run(host.plan("a", Map.of())), Refusal.STOP_FILE);

    assertThat(folder.resolve("acted")).doesNotExist();
    // the journal knows its end
    Files.delete(folder.resolve("stop"));
    assertThat(host.recover()).isEmpty();
  }

  @Test
  void allowsWhatIsStillSo() {
    assertThat(again(NOON.plusSeconds(29), Duration.ZERO, beat(false)))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void refusesOnceTheHeartbeatIsOld() {
    assertThat(reason(again(NOON.plusSeconds(31), Duration.ZERO, beat(false))))
        .isEqualTo(Refusal.NO_HEARTBEAT);
  }

  @Test
  void refusesOnceThePlanHasExpired() {
    assertThat(reason(again(NOON.plusSeconds(60), Duration.ZERO, beat(false))))
        .isEqualTo(Refusal.EXPIRED);
  }

  @Test
  void refusesWhilePaused() {
    assertThat(reason(again(NOON.plusSeconds(1), Duration.ZERO, beat(true))))
        .isEqualTo(Refusal.PAUSED);
  }

  @Test
  void refusesWhenTheClocksAreApart() {
    assertThat(reason(again(NOON, Duration.ofSeconds(31), beat(false))))
        .isEqualTo(Refusal.CLOCK_SKEW);
  }

  private Judgement again(Instant now, Duration offset, Heartbeat heartbeat) {
    PlanJudge judge =
        new PlanJudge(
            RunnerFixture.INSTANCE,
            "00",
            new TrustedKeys(List.of()),
            new AllowList(List.of(), ""),
            folder.resolve("stop"));
    Plan plan =
        new Plan(
            "p",
            "r",
            RunnerFixture.INSTANCE,
            "00",
            "end-process",
            Map.of(),
            "",
            "",
            "",
            "n",
            NOON,
            NOON.plus(Plan.LIFETIME),
            Duration.ofSeconds(1));
    AllowedAction action =
        new AllowedAction.EndProcess(
            List.of(Pattern.compile("x")),
            List.of(),
            List.of(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Budget.STRICT);
    return judge.judgeAgain(new Accepted(plan, action), new Circumstances(now, offset, heartbeat));
  }

  private static Heartbeat beat(boolean paused) {
    return new Heartbeat("s", NOON, paused, paused ? "freeze" : "");
  }

  private static Refusal reason(Judgement judgement) {
    if (judgement instanceof Refused refused) {
      return refused.reason();
    }
    throw new AssertionError("was not refused: " + judgement);
  }
}
