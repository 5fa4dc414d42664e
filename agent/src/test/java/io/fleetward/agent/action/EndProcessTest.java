package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static io.fleetward.agent.action.RunnerFixture.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.linux.Kernel;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built-in action on real processes.
class EndProcessTest {
  @TempDir Path folder;
  private RunnerFixture host;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder);
    host.allow(
        "end.yaml",
        "action: end-process\nexecutables: [\"/.*\"]\nuids: [0, %d]\ngrace: 500ms\nbudget: { at_most: 50, per: 1h }\n"
            .formatted(Kernel.userId()));
  }

  @Test
  void endsTheProcessThatWasMeant() throws Exception {
    try (Victim victim = Victim.start()) {
      Map<String, String> pins = victim.pins();

      List<Outcome> outcomes = host.run(host.plan("end-process", pins));

      assertThat(statuses(outcomes)).containsExactly(Status.STARTED, Status.SUCCEEDED);
      Victim.awaitEnd(victim.pid());
      assertThat(outcomes.getLast().evidenceBefore()).containsEntry("start", pins.get("start"));
      assertThat(outcomes.getLast().evidenceAfter().get("state")).isIn("gone", "Z");
      assertThat(outcomes.getLast().detail()).isEqualTo("ended by TERM");
    }
  }

  @Test
  void endsOneThatIgnoresTerm() throws Exception {
    try (Victim victim = Victim.deafToTerm(folder)) {
      Outcome outcome = host.run(host.plan("end-process", victim.pins())).getLast();

      assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
      assertThat(outcome.detail()).isEqualTo("ended by TERM and KILL");
    }
  }

  @Test
  void sparesOneThatDiffersInAnyOfTheFivePins() throws Exception {
    try (Victim victim = Victim.start()) {
      assertSpared(victim, "start", "1", Refusal.TARGET_GONE);
      assertSpared(victim, "executable", "/usr/bin/other", Refusal.TARGET_GONE);
      assertSpared(victim, "uid", "54321", Refusal.TARGET_GONE);
      assertSpared(victim, "boot_id", "another-boot", Refusal.TARGET_GONE);
      assertSpared(victim, "pid", "999999", Refusal.TARGET_GONE);
      assertSpared(victim, "pid", "-1", Refusal.PARAMETER_PATTERN);
      assertSpared(victim, "pid", "0", Refusal.PROTECTED);
      assertSpared(victim, "uid", "", Refusal.PARAMETER_PATTERN);
    }
  }

  @Test
  void sparesWhatTheAllowListDoesNotKnow() throws Exception {
    host.allow(
        "end.yaml",
        "action: end-process\nexecutables: [/opt/.*]\nuids: [%d]\n".formatted(Kernel.userId()));
    try (Victim victim = Victim.start()) {
      assertRefused(host.run(host.plan("end-process", victim.pins())), Refusal.PARAMETER_PATTERN);
      assertThat(victim.isAlive()).isTrue();
    }
  }

  @Test
  void sparesUsersThatAreNotListed() throws Exception {
    host.allow("end.yaml", "action: end-process\nexecutables: [/.*]\nuids: [54321]\n");
    try (Victim victim = Victim.start()) {
      assertRefused(host.run(host.plan("end-process", victim.pins())), Refusal.PROTECTED);
      assertThat(victim.isAlive()).isTrue();
    }
  }

  @Test
  void neverEndsTheAgentOrItsParents() throws Exception {
    // the fixture names this JVM as the agent
    assertRefused(
        host.run(host.plan("end-process", Victim.pinsOf(ProcessHandle.current().pid()))),
        Refusal.PROTECTED);
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    assertRefused(host.run(host.plan("end-process", Victim.pinsOf(parent))), Refusal.PROTECTED);
  }

  @Test
  void neverEndsTheFirstProcess() throws Exception {
    Map<String, String> pins = new java.util.HashMap<>(Victim.pinsOf(1));
    pins.put("executable", "/sbin/init");
    assertRefused(host.run(host.plan("end-process", pins)), Refusal.PROTECTED);
  }

  @Test
  void neverEndsSshd() throws Exception {
    Path sshd = folder.resolve("sshd");
    Files.copy(
        Path.of("/bin/sleep").toRealPath(), sshd, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    try (Victim victim = Victim.of(sshd.toString(), "300")) {
      assertRefused(host.run(host.plan("end-process", victim.pins())), Refusal.PROTECTED);
      assertThat(victim.isAlive()).isTrue();
    }
  }

  private void assertSpared(Victim victim, String pin, String value, Refusal reason)
      throws Exception {
    Map<String, String> pins = new java.util.HashMap<>(victim.pins());
    pins.put(pin, value);
    assertRefused(host.run(host.plan("end-process", pins)), reason);
    assertThat(victim.isAlive()).isTrue();
  }
}
