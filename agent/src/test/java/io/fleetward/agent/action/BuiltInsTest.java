package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.JournalEntry.Started;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Diagnostics, reboot, and the limits that every command runs within.
class BuiltInsTest {
  @TempDir Path folder;
  private RunnerFixture host;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder);
  }

  @Test
  void collectsDiagnosticsWhenAskedAndBeforeEveryAction() throws Exception {
    host.allow("d.yaml", "action: collect-diagnostics\nbudget: { at_most: 5, per: 1h }\n");
    RunnerFixture.PlanDraft asked = host.plan("collect-diagnostics", Map.of());

    Outcome outcome = host.run(asked).getLast();

    assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(outcome.output()).contains("== loadavg", "== meminfo");
    assertThat(Files.readString(bundle(asked))).contains("MemAvailable", "== processes\n1 0 ");

    host.allowAppend();
    RunnerFixture.PlanDraft other = host.append("hello");
    assertThat(host.run(other).getLast().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(bundle(other)).isNotEmptyFile();
  }

  private Path bundle(RunnerFixture.PlanDraft plan) {
    return folder.resolve("state/diagnostics").resolve(plan.id() + ".txt");
  }

  @Test
  void aRebootHasFailedIfTheHostIsStillThere() throws Exception {
    host.allow("r.yaml", "action: reboot\nrun: [\"true\"]\ntimeout: 500ms\n");

    List<Outcome> outcomes = host.run(host.plan("reboot", Map.of()));

    assertThat(statuses(outcomes)).containsExactly(Status.STARTED, Status.FAILED);
    assertThat(outcomes.getLast().detail()).contains("has not restarted");
  }

  @Test
  void aRebootHasSucceededIfTheNextRunnerFindsAnotherBoot() throws Exception {
    try (Journal journal = Journal.open(folder.resolve("state"), Instant.now()).orElseThrow()) {
      journal.start(started("p1", "reboot", "another-boot"));
      journal.start(started("p2", "reboot", Kernel.bootId(Path.of("/proc"))));
      journal.start(started("p3", "append", "another-boot"));
    }

    List<Outcome> outcomes = host.recover();

    assertThat(statuses(outcomes))
        .containsExactly(Status.SUCCEEDED, Status.UNKNOWN, Status.UNKNOWN);
    assertThat(outcomes.getFirst().evidenceBefore()).containsEntry("boot_id", "another-boot");
  }

  private static Started started(String plan, String action, String boot) {
    return new Started(plan, "r", "nonce-" + plan, action, boot, Instant.now());
  }

  @Test
  void commandsRunWithACleanEnvironmentWithinLimitsAndAsAnotherUser() throws Exception {
    host.allow(
        "c.yaml",
        """
        action: c
        run: [sh, -c, "env; ulimit -c; ulimit -n; ulimit -f; ulimit -t; id -u; id -G; pwd"]
        limits: { cpu_seconds: 7, file_megabytes: 3, open_files: 99 }
        %s
        """
            .formatted(Kernel.userId() == 0 ? "user: nobody" : ""));

    String output = host.run(host.plan("c", Map.of())).getLast().output();

    assertThat(
            output
                .lines()
                .filter(line -> line.contains("="))
                .map(line -> line.substring(0, line.indexOf('='))))
        .contains("PATH", "FLEETWARD_PLAN")
        .isSubsetOf("PATH", "LANG", "HOME", "FLEETWARD_PLAN", "PWD", "OLDPWD", "SHLVL", "_");
    assertThat(output.lines().filter(line -> !line.contains("=")))
        .startsWith("0", "99", Integer.toString(3 << 11), "7")
        .endsWith("/");
    if (Kernel.userId() == 0) {
      assertThat(output.lines()).contains("65534").doesNotContain("0 ");
    }
  }
}
