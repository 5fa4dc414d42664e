package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.RunnerFixture.PlanDraft;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    Outcome refusal = host.refuse(plan).getFirst();

    assertThat(refusal.plan()).isEqualTo(plan.id());
    assertThat(refusal.remediation()).isEqualTo("remediation-1");
    assertThat(refusal.reason()).isEqualTo("unknown-action");
    assertThat(refusal.detail()).isEqualTo("\"reboot\" is not on this host's allow-list");
  }

  @Test
  void bytesThatNameNoPlanAreReportedByTheirDigest() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);

    Outcome refusal = host.refuse(new byte[] {1, 2, 3}, host.heartbeat(), Duration.ZERO).getFirst();

    assertThat(refusal.plan()).startsWith("sha256:");
    assertThat(refusal.reason()).isEqualTo("malformed");
  }

  @Test
  void anIdThatNoServiceMakesDoesNotTravelOn() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);
    SigningKey stranger = SigningKey.generate("service-1").signingKey();
    PlanDraft plan = host.plan("reboot", Map.of());
    for (String id : List.of("x".repeat(256), "a\u0000b")) {
      byte[] forged = RunnerFixture.signed(stranger, PayloadTypes.PLAN, plan.withId(id).bytes());

      Outcome refusal = host.refuse(forged, host.heartbeat(), Duration.ZERO).getFirst();

      assertThat(refusal.plan()).matches("sha256:[0-9a-f]{32}");
      assertThat(refusal.remediation()).isEmpty();
      assertThat(refusal.reason()).isEqualTo("untrusted");
    }
  }

  @Test
  void whatAStrangerWroteIsQuotedInPartOnly() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);
    byte[] forged = host.signed("\u0000" + "x".repeat(100_000), new byte[] {1});

    Outcome refusal = host.refuse(forged, host.heartbeat(), Duration.ZERO).getFirst();

    assertThat(refusal.reason()).isEqualTo("wrong-type");
    assertThat(refusal.detail()).hasSizeLessThanOrEqualTo(2_000).doesNotContain("\u0000");
  }
}
