package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.RunnerFixture.PlanDraft;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I6: however often a plan arrives and whoever dies meanwhile, it acts once at most.
class Invariant06OnePlanOneActionTest {
  @TempDir Path folder;
  private RunnerFixture host;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder).allowAppend();
  }

  @Test
  void refusesAReplay() throws Exception {
    PlanDraft plan = host.append("hello");
    assertThat(host.run(plan).getLast().status()).isEqualTo(Status.SUCCEEDED);

    assertRefused(host.run(plan), Refusal.REPLAYED);
    assertThat(host.appended()).hasSize(1);
  }

  @Test
  void ofTwoHostsWithOneNameOnlyTheOneThatIsMeantActs() throws Exception {
    assertRefused(host.refuse(host.append("hello").forAnotherKey()), Refusal.OTHER_HOST);
    assertThat(host.appended()).isEmpty();
  }

  @Test
  void twoRunnersDoNotActAtOnce() throws Exception {
    host.allow("slow.yaml", "action: slow\nrun: [sleep, \"300\"]\n");
    Process first =
        host.start(host.signed(host.plan("slow", Map.of())), host.heartbeat(), Duration.ZERO);
    BufferedReader lines = RunnerFixture.lines(first);
    assertThat(host.verified(lines.readLine()).status()).isEqualTo(Status.STARTED);

    assertRefused(host.run(host.append("hello")), Refusal.BUSY);

    RunnerFixture.say(first, "stop\n");
    assertThat(host.verified(lines.readLine()).status()).isEqualTo(Status.UNKNOWN);
    RunnerFixture.say(first, "stored\nstored\n");
    assertThat(first.waitFor()).isZero();
  }

  @Test
  void aRunnerKilledAtAnyMomentNeverRunsAPlanTwice() throws Exception {
    long seed = Long.getLong("fleetward.seed", new Random().nextLong());
    Random random = new Random(seed);
    host.allow(
        "append.yaml",
        "action: append\nparameters: { word: { pattern: \"[a-z]+\" } }\n"
            + "run: [sh, -c, \"echo $0 >> %s\", \"${word}\"]\n".formatted(host.log())
            + "evidence: [wc, -c, %s]\nbudget: { at_most: 100, per: 1h }\n".formatted(host.log()));
    for (String word : List.of("a", "b", "c", "d", "e")) {
      PlanDraft plan = host.append(word);
      Process runner = host.start(host.signed(plan), host.heartbeat(), Duration.ZERO);
      if (!runner.waitFor(300 + random.nextInt(900), TimeUnit.MILLISECONDS)) {
        runner.destroyForcibly().waitFor();
      }
      host.recover();
      host.run(plan);
      assertThat(host.appended().stream().filter(word::equals))
          .as("seed %d", seed)
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void anOutcomeThatNobodyTookIsTaken() throws Exception {
    Process runner = host.start(host.signed(host.append("hello")), host.heartbeat(), Duration.ZERO);
    BufferedReader lines = RunnerFixture.lines(runner);
    String started = lines.readLine();
    String finished = lines.readLine();
    runner.getOutputStream().close();
    runner.waitFor();

    List<Outcome> again = host.recover();

    assertThat(host.verified(started).status()).isEqualTo(Status.STARTED);
    assertThat(again).containsExactly(host.verified(finished));
    assertThat(host.recover()).isEmpty();
  }

  @Test
  void anActionThatKillsItsAgentIsFinishedAndReportedOnce() throws Exception {
    // stands in for the daemon: the runner's parent, and the holder of its pipes
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "exec 3<&0; \"$@\" <&3 & wait", "agent"));
    command.addAll(host.runner());
    Process daemon = new ProcessBuilder(command).start();
    host.allow(
        "kill.yaml",
        "action: kill-agent\nrun: [sh, -c, \"kill -9 %d; echo x >> %s\"]\nevidence: [wc, -c, %s]\n"
            .formatted(daemon.pid(), host.log(), host.log()));
    PlanDraft plan = host.plan("kill-agent", Map.of());
    RunnerFixture.say(daemon, host.request(host.signed(plan), host.heartbeat(), Duration.ZERO));

    assertThat(daemon.waitFor()).isEqualTo(128 + 9);
    daemon.getInputStream().close();
    daemon.getOutputStream().close();
    List<Outcome> recovered = List.of();
    while (recovered.isEmpty()) {
      recovered = host.recover();
    }

    assertThat(recovered).singleElement().extracting(Outcome::status).isEqualTo(Status.SUCCEEDED);
    assertThat(recovered.getFirst().plan()).isEqualTo(plan.id());
    assertRefused(host.run(plan), Refusal.REPLAYED);
    assertThat(host.appended()).containsExactly("x");
  }
}
