package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I8: an action's own word is not enough.
class Invariant08DoneNeedsEvidenceTest {
  @TempDir Path folder;
  private RunnerFixture host;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder);
  }

  @Test
  void withoutEvidenceTheOutcomeIsUnknown() throws Exception {
    host.allow("a.yaml", "action: a\nrun: [\"true\"]\n");

    assertThat(last("a").status()).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void evidenceThatDidNotChangeIsFailure() throws Exception {
    host.allow("a.yaml", "action: a\nrun: [\"true\"]\nevidence: [echo, same]\n");

    assertThat(last("a").status()).isEqualTo(Status.FAILED);
  }

  @Test
  void evidenceThatCannotBeReadIsUnknown() throws Exception {
    host.allow("a.yaml", "action: a\nrun: [\"true\"]\nevidence: [\"false\"]\n");

    assertThat(last("a").status()).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void aFailureIsAFailureWhateverChanged() throws Exception {
    host.allow(
        "a.yaml",
        "action: a\nrun: [sh, -c, \"echo x >> %s/f; exit 3\"]\nevidence: [sh, -c, \"cat %s/f || echo none\"]\n"
            .formatted(folder, folder));

    Outcome outcome = last("a");

    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.detail()).contains("exited with 3");
    assertThat(outcome.evidenceAfter()).isNotEqualTo(outcome.evidenceBefore());
  }

  @Test
  void aProgramThatIsNotThereIsAFailure() throws Exception {
    host.allow("a.yaml", "action: a\nrun: [no-such-program]\nevidence: [date, +%N]\n");

    assertThat(last("a").status()).isEqualTo(Status.FAILED);
  }

  @Test
  void theEnvironmentIsClean() throws Exception {
    host.allow("a.yaml", "action: a\nrun: [env]\n");

    Outcome outcome = last("a");

    assertThat(outcome.output().lines())
        .containsExactlyInAnyOrder(
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG=C.UTF-8",
            "HOME=/",
            "FLEETWARD_PLAN=" + outcome.plan());
  }

  private Outcome last(String action) throws Exception {
    return host.run(host.plan(action, Map.of())).getLast();
  }
}
