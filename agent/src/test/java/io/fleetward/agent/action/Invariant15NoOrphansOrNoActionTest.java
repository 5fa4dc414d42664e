package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.JournalEntry.Started;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I15: nothing that an action started outlives it unseen.
class Invariant15NoOrphansOrNoActionTest {
  @TempDir Path folder;

  /// A runner may die between starting a program and writing down which one it was.
  @Test
  void endsWhatARunnerStartedAndDiedBeforeItWroteDown() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);
    ProcessBuilder builder = new ProcessBuilder("setsid", "sleep", "300");
    builder.environment().put(Orphans.PLAN_VARIABLE, "plan-1");
    Process orphan = builder.start();
    builder.environment().put(Orphans.PLAN_VARIABLE, "plan-10");
    Process another = builder.start();
    try (Journal journal = Journal.open(folder.resolve("state"), Instant.now()).orElseThrow()) {
      journal.start(
          new Started("plan-1", "remediation-1", "nonce-1", "sleep", null, Instant.now()));
    }

    List<Outcome> outcomes = host.recover();

    assertThat(outcomes).singleElement().extracting(Outcome::status).isEqualTo(Status.UNKNOWN);
    assertThat(orphan.waitFor()).isEqualTo(128 + 9);
    assertThat(another.isAlive()).isTrue();
    another.destroyForcibly();
  }

  @Test
  void runsNothingWhereOrphansCannotBeAdopted() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    DaemonLink link =
        new DaemonLink(
            InputStream.nullInputStream(), new PrintStream(output, true, StandardCharsets.UTF_8));

    int status = RunnerMain.run(List.of("--config", host.config().toString()), link, () -> false);

    assertThat(status).isEqualTo(4);
    assertThat(output.size()).isZero();
  }
}
