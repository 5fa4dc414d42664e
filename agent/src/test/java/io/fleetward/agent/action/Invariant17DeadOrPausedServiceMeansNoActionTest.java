package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I17: without a fresh heartbeat, while paused, or when clocks disagree, nothing starts.
class Invariant17DeadOrPausedServiceMeansNoActionTest {
  @TempDir Path folder;
  private RunnerFixture host;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder).allowAppend();
  }

  @AfterEach
  void nothingWasDone() throws IOException {
    assertThat(host.appended()).isEmpty();
  }

  @Test
  void refusesWithoutAHeartbeat() throws Exception {
    assertRefused(run(new byte[0]), Refusal.NO_HEARTBEAT);
  }

  @Test
  void refusesWithAnOldHeartbeat() throws Exception {
    assertRefused(run(host.heartbeat(Instant.now().minusSeconds(31), "")), Refusal.NO_HEARTBEAT);
  }

  @Test
  void refusesWithAHeartbeatFromTheFuture() throws Exception {
    assertRefused(run(host.heartbeat(Instant.now().plusSeconds(60), "")), Refusal.NO_HEARTBEAT);
  }

  @Test
  void refusesWithAHeartbeatThatAStrangerSigned() throws Exception {
    byte[] forged =
        RunnerFixture.signed(
            SigningKey.generate("service-1").signingKey(),
            PayloadTypes.HEARTBEAT,
            "{\"service\":\"s\",\"sentAt\":\"%s\",\"paused\":false,\"pauseReason\":\"\"}"
                .formatted(Instant.now())
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertRefused(run(forged), Refusal.NO_HEARTBEAT);
  }

  @Test
  void refusesWithAPlanPresentedAsAHeartbeat() throws Exception {
    assertRefused(run(host.signed(host.append("x"))), Refusal.NO_HEARTBEAT);
  }

  @Test
  void refusesWhilePaused() throws Exception {
    List<Outcome> outcomes = run(host.heartbeat(Instant.now(), "anna: freeze"));

    assertRefused(outcomes, Refusal.PAUSED);
    assertThat(outcomes.getFirst().detail()).contains("anna: freeze");
  }

  @Test
  void refusesWhenTheClocksAreApart() throws Exception {
    assertRefused(
        host.refuse(host.signed(host.append("hello")), host.heartbeat(), Duration.ofSeconds(31)),
        Refusal.CLOCK_SKEW);
    assertRefused(
        host.refuse(host.signed(host.append("hello")), host.heartbeat(), Duration.ofSeconds(-31)),
        Refusal.CLOCK_SKEW);
  }

  private List<Outcome> run(byte[] heartbeat) throws Exception {
    return host.refuse(host.signed(host.append("hello")), heartbeat, Duration.ZERO);
  }
}
