package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.RunnerFixture.PlanDraft;
import io.fleetward.protocol.messages.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I16: what was not done is told with its reason, and who it concerned.
class Invariant16EveryRefusalHasItsReasonTest {
  @TempDir Path folder;

  @Test
  void aRefusalNamesPlanRemediationReasonAndDetail() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);
    PlanDraft plan = host.plan("reboot", Map.of());

    Outcome refusal = host.run(plan).getFirst();

    assertThat(refusal.plan()).isEqualTo(plan.id());
    assertThat(refusal.remediation()).isEqualTo("remediation-1");
    assertThat(refusal.reason()).isEqualTo("unknown-action");
    assertThat(refusal.detail()).isEqualTo("\"reboot\" is not on this host's allow-list");
  }

  @Test
  void bytesThatNameNoPlanAreReportedByTheirDigest() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);

    Outcome refusal = host.run(new byte[] {1, 2, 3}, host.heartbeat(), Duration.ZERO).getFirst();

    assertThat(refusal.plan()).startsWith("sha256:");
    assertThat(refusal.reason()).isEqualTo("malformed");
  }
}
