package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.linux.Kernel;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I1: what is empty or unresolved means nobody.
class Invariant01NobodyIsMeantByNothingTest {
  @TempDir Path folder;

  @Test
  void anEmptyAllowListAllowsNothing() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);

    assertRefused(host.run(host.append("hello")), Refusal.UNKNOWN_ACTION);
  }

  @Test
  void anEmptyFolderOfKeysTrustsNobody() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder).allowAppend();
    Files.delete(folder.resolve("keys/service-1.pem"));

    assertRefused(host.run(host.append("hello")), Refusal.UNTRUSTED);
    assertThat(host.appended()).isEmpty();
  }

  @Test
  void aPlanWithoutItsParametersIsForNobody() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder).allowAppend();

    assertRefused(host.run(host.plan("append", Map.of())), Refusal.PARAMETER_PATTERN);
    assertThat(host.appended()).isEmpty();
  }

  @Test
  void endProcessWithoutPatternsForUsersEndsNothingOfRoot() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);
    try (Victim victim = Victim.start()) {
      host.allow("end.yaml", "action: end-process\nexecutables: [\".*\"]\n");

      List<Outcome> outcomes = host.run(host.plan("end-process", victim.pins()));

      boolean isRoot = Kernel.userId() == 0;
      assertThat(outcomes.getLast().status()).isEqualTo(isRoot ? Status.REFUSED : Status.SUCCEEDED);
      assertThat(victim.isAlive()).isEqualTo(isRoot);
    }
  }
}
