package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.linux.ProcessIdentity;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I15: a timeout ends the action with everything that it started, and frees what it held.
class Invariant15TimeoutEndsTheWholeGroupTest {
  private static final Duration LIMIT = Duration.ofMillis(700);

  @TempDir Path folder;
  private RunnerFixture host;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder);
  }

  @Test
  void endsAChildThatIgnoresTerm() throws Exception {
    assertTimedOut("trap '' TERM; echo $$ >> PIDS; while true; do sleep 1; done");
  }

  @Test
  void endsAGrandchildInTheGroup() throws Exception {
    assertTimedOut("(sleep 300 & echo $! >> PIDS; wait) & echo $$ >> PIDS; wait");
  }

  @Test
  void endsAGrandchildThatLeftTheGroup() throws Exception {
    assertTimedOut("setsid sh -c 'echo $$ >> PIDS; sleep 300' & echo $$ >> PIDS; wait");
  }

  @Test
  void endsAnOrphanThatOutlivesASuccessfulAction() throws Exception {
    host.allow(
        "a.yaml",
        yaml("setsid sh -c 'echo $$ >> PIDS; sleep 300' & while [ ! -s PIDS ]; do :; done"));

    List<Outcome> outcomes = host.run(host.plan("a", Map.of()).within(Duration.ofSeconds(20)));

    assertThat(outcomes.getLast().status()).isEqualTo(Status.UNKNOWN);
    assertAllEnded();
  }

  @Test
  void boundsOutputWithoutEnd() throws Exception {
    host.allow("a.yaml", "action: a\nrun: [yes]\ntimeout: 700ms\n");

    Outcome outcome = host.run(host.plan("a", Map.of())).getLast();

    assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
    assertThat(outcome.output().length()).isBetween(1, 8192);
  }

  @Test
  void theShorterOfTheTwoLimitsHolds() throws Exception {
    host.allow("a.yaml", "action: a\nrun: [sleep, \"300\"]\ntimeout: 500ms\n");

    Outcome outcome = host.run(host.plan("a", Map.of()).within(Duration.ofMinutes(5))).getLast();

    assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
    assertThat(outcome.detail()).contains("PT0.5S");
  }

  private void assertTimedOut(String script) throws Exception {
    host.allow("a.yaml", yaml(script));

    List<Outcome> outcomes = host.run(host.plan("a", Map.of()).within(LIMIT));

    assertThat(statuses(outcomes)).containsExactly(Status.STARTED, Status.TIMED_OUT);
    assertAllEnded();
    // what it held is free again
    assertThat(host.recover()).isEmpty();
  }

  private String yaml(String script) {
    String text = script.replace("PIDS", folder + "/pids");
    return "action: a\nrun: [sh, -c, \"%s\"]\n".formatted(text);
  }

  private void assertAllEnded() throws IOException {
    List<String> pids = Files.readAllLines(folder.resolve("pids"));
    assertThat(pids).isNotEmpty();
    for (String pid : pids) {
      assertThat(
              ProcessIdentity.of(Path.of("/proc"), Integer.parseInt(pid))
                  .filter(p -> !p.hasEnded()))
          .as("process " + pid)
          .isEmpty();
    }
  }
}
