package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static io.fleetward.agent.action.RunnerFixture.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.Judgement.Refused;
import io.fleetward.agent.action.RunnerFixture.PlanDraft;
import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.signing.TrustedKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I5: a restart, a replay or a late plan executes nothing.
class Invariant05NothingRunsFromOldEvidenceTest {
  @TempDir Path folder;
  private RunnerFixture host;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder).allowAppend();
  }

  @Test
  void refusesAnExpiredPlan() throws Exception {
    assertRefused(
        host.refuse(host.append("hello").issuedAt(Instant.now().minusSeconds(61))),
        Refusal.EXPIRED);
  }

  @Test
  void refusesAPlanFromTheFuture() throws Exception {
    assertRefused(
        host.refuse(host.append("hello").issuedAt(Instant.now().plusSeconds(45))),
        Refusal.FROM_THE_FUTURE);
  }

  @Test
  void refusesAPlanOlderThanItsMemory() throws Exception {
    assertRefused(
        host.refuse(host.append("hello").issuedAt(Instant.now().minusSeconds(50))),
        Refusal.OLDER_THAN_JOURNAL);
  }

  @Test
  void refusesAPlanWhoseJournalWasTamperedWith() throws Exception {
    host.run(host.append("hello"));
    Path journal = folder.resolve("state/journal");
    byte[] bytes = Files.readAllBytes(journal);
    bytes[30] ^= 1;
    Files.write(journal, bytes);

    assertRefused(host.refuse(host.append("hello")), Refusal.JOURNAL_DAMAGED);
    assertThat(host.appended()).hasSize(1);
  }

  @Test
  void aRestartRunsNothingAndReportsWhatWasInterruptedAsUnknown() throws Exception {
    host.allow(
        "slow.yaml",
        "action: slow\nrun: [sh, -c, \"echo x >> %s; sleep 300\"]\nevidence: [wc, -c, %s]\n"
            .formatted(host.log(), host.log()));
    PlanDraft plan = host.plan("slow", Map.of());
    Process runner = host.start(host.signed(plan), host.heartbeat(), Duration.ZERO);
    BufferedReader lines = RunnerFixture.lines(runner);
    assertThat(host.verified(lines.readLine()).status()).isEqualTo(Status.STARTED);
    // Only a group that the journal names can be ended after a crash.
    while (host.appended().isEmpty() || !journal().contains("running")) {
      Thread.onSpinWait();
    }
    List<ProcessHandle> children = runner.descendants().toList();
    runner.destroyForcibly().waitFor();

    List<Outcome> recovered = host.recover();

    assertThat(statuses(recovered)).containsExactly(Status.UNKNOWN);
    assertThat(recovered.getFirst().plan()).isEqualTo(plan.id());
    assertThat(children).isNotEmpty().allSatisfy(child -> Victim.awaitEnd(child.pid()));
    assertThat(host.recover()).isEmpty();
    assertRefused(host.run(plan), Refusal.REPLAYED);
    assertThat(host.appended()).hasSize(1);
  }

  @Test
  void aReinstalledHostRunsNothingThatWasMeantForTheOneBefore() throws Exception {
    PlanDraft before = host.append("hello").issuedAt(Instant.now().minusSeconds(5));
    byte[] signedBefore = host.signed(before);
    Path anew = Files.createDirectory(folder.resolve("anew"));

    RunnerFixture reinstalled = RunnerFixture.in(anew).allowAppend();
    Files.copy(
        folder.resolve("keys/service-1.pem"),
        anew.resolve("keys/service-1.pem"),
        StandardCopyOption.REPLACE_EXISTING);

    // its key is another
    assertRefused(
        reinstalled.refuse(signedBefore, host.heartbeat(), Duration.ZERO), Refusal.OTHER_HOST);
    // and where somebody put the old key back, its journal knows nothing of what ran before
    Files.copy(
        folder.resolve("host.key"), anew.resolve("host.key"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(refusal(reinstalled, signedBefore)).isEqualTo(Refusal.OLDER_THAN_JOURNAL);
    assertThat(reinstalled.appended()).isEmpty();
  }

  private Refusal refusal(RunnerFixture at, byte[] plan) throws Exception {
    TrustedKeys keys = TrustedKeys.read(at.folder().resolve("keys"));
    PlanJudge judge =
        new PlanJudge(
            RunnerFixture.INSTANCE,
            host.hostKey(),
            keys,
            AllowList.read(at.folder().resolve("actions")),
            at.folder().resolve("stop"));
    Heartbeat beat = new Heartbeat("service-1", Instant.now(), false, "");
    try (Journal journal =
        Journal.open(at.folder().resolve("state"), Instant.now()).orElseThrow()) {
      return judge.judge(plan, new Circumstances(Instant.now(), Duration.ZERO, beat), journal)
              instanceof Refused refused
          ? refused.reason()
          : Refusal.BUSY;
    }
  }

  /// The daemon measures anew after each jump; until it has, its offset shows the jump.
  @Test
  void aHostWhoseClockJumpsRunsNothingMeanwhile() throws Exception {
    byte[] plan = host.signed(host.append("hello"));
    for (Duration jump :
        List.of(Duration.ofHours(-1), Duration.ofSeconds(31), Duration.ofDays(9))) {
      assertRefused(host.refuse(plan, host.heartbeat(), jump), Refusal.CLOCK_SKEW);
    }
    assertThat(host.appended()).isEmpty();

    // and the same plan runs once the clocks agree again
    assertThat(host.run(plan, host.heartbeat(), Duration.ZERO).getLast().status())
        .isEqualTo(Status.SUCCEEDED);
  }

  private String journal() throws IOException {
    return Files.readString(folder.resolve("state/journal"), StandardCharsets.ISO_8859_1);
  }
}
