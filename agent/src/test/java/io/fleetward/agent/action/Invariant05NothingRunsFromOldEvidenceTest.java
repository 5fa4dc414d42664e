package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static io.fleetward.agent.action.RunnerFixture.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.RunnerFixture.PlanDraft;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private String journal() throws IOException {
    return Files.readString(folder.resolve("state/journal"), StandardCharsets.ISO_8859_1);
  }
}
