package io.fleetward.agent.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.AllowList;
import io.fleetward.agent.action.OutcomeWriter;
import io.fleetward.agent.action.PlanJudge;
import io.fleetward.agent.action.RunnerFixture;
import io.fleetward.agent.action.RunnerFixture.PlanDraft;
import io.fleetward.agent.shipping.BrokerClock;
import io.fleetward.agent.shipping.BrokerClock.HostClock;
import io.fleetward.agent.shipping.OutgoingRecord;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.Rehearsal;
import io.fleetward.protocol.signing.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon's half with a real runner: from the bytes of a plan to signed outcomes.
@Timeout(120)
class PlanDeskTest {
  @TempDir Path folder;
  private final BlockingQueue<OutgoingRecord> shipped = new LinkedBlockingQueue<>();
  private final CountedPlans events = new CountedPlans();
  private final BrokerClock clock = new BrokerClock(HostClock.ofSystem());
  private RunnerFixture host;
  private HeartbeatBoard heartbeats;
  private PlanDesk desk;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder).allowAppend();
    TrustedKeys keys = TrustedKeys.read(folder.resolve("keys"));
    heartbeats = new HeartbeatBoard(() -> keys);
    OutcomeOutbox outbox = new OutcomeOutbox(folder.resolve("state"), shipped::add, events);
    outbox.open();
    PlanJudge judge =
        new PlanJudge(
            RunnerFixture.INSTANCE,
            host.hostKey(),
            keys,
            AllowList.read(folder.resolve("actions")),
            folder.resolve("stop"));
    desk =
        new PlanDesk(
            () -> judge,
            heartbeats,
            clock,
            Optional.of(OutcomeWriter.open(RunnerFixture.INSTANCE, folder.resolve("host.key"))),
            outbox,
            Runners.asChildren(Optional.of(host.config()), Map.of()),
            events);
    desk.start();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void handsAPlanToTheRunnerAndReports() throws Exception {
    clocksAgree();
    heartbeats.offer(new ArrivedHeartbeat(host.heartbeat(), 1, Instant.now()));
    PlanDraft plan = host.append("hello");

    receive(plan, Instant.now());

    assertThat(next().status()).isEqualTo(Status.STARTED);
    Outcome outcome = next();
    assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(outcome.plan()).isEqualTo(plan.id());
    assertThat(host.appended()).containsExactly("hello");

    receive(plan, Instant.now());
    assertRefused("replayed");
  }

  @Test
  void refusesWhileTheBrokersTimeIsUnknown() throws Exception {
    heartbeats.offer(new ArrivedHeartbeat(host.heartbeat(), 1, Instant.now()));

    receive(host.append("hello"), Instant.now());

    assertRefused("clock-skew");
  }

  @Test
  void refusesWithoutAHeartbeat() throws Exception {
    clocksAgree();

    receive(host.append("hello"), Instant.now());

    assertRefused("no-heartbeat");
  }

  @Test
  void refusesWhatArrivedInTheLogTooLongAgo() throws Exception {
    clocksAgree();
    heartbeats.offer(new ArrivedHeartbeat(host.heartbeat(), 1, Instant.now()));

    receive(host.append("hello"), Instant.now().minusSeconds(61));

    assertRefused("expired");
  }

  @Test
  void whatOnlyTheDaemonWouldPassTheRunnerRefuses() throws Exception {
    clocksAgree();
    heartbeats.offer(new ArrivedHeartbeat(host.heartbeat(), 1, Instant.now()));
    // this daemon does not look again; the runner reads its list now
    Files.delete(folder.resolve("actions/append.yaml"));

    receive(host.append("hello"), Instant.now());

    assertRefused("unknown-action");
  }

  @Test
  void hasARehearsalAnswered() throws Exception {
    clocksAgree();
    heartbeats.offer(new ArrivedHeartbeat(host.heartbeat(), 1, Instant.now()));
    Instant now = Instant.now();
    Rehearsal rehearsal =
        new Rehearsal(
            "rehearsal-1",
            "remediation-1",
            RunnerFixture.INSTANCE,
            host.hostKey(),
            "append",
            Map.of("word", "hello"),
            now,
            now.plusSeconds(30));

    desk.receive(
        new ArrivedPlan(
            host.signed(PayloadTypes.REHEARSAL, MessageCodec.encode(rehearsal)), Instant.now()));

    OutgoingRecord sent = shipped.poll(60, TimeUnit.SECONDS);
    assertThat(sent).isNotNull();
    byte[] answer =
        host.payload(
            new String(sent.value(), StandardCharsets.UTF_8), PayloadTypes.REHEARSAL_ANSWER);
    assertThat(new String(answer, StandardCharsets.UTF_8)).contains("\"wouldAct\":true");
    assertThat(host.appended()).isEmpty();
    assertThat(events.refusals).isEmpty();
  }

  private void clocksAgree() {
    clock.learn(System.currentTimeMillis(), System.nanoTime());
  }

  private void receive(PlanDraft plan, Instant appendedAt) {
    desk.receive(new ArrivedPlan(host.signed(plan), appendedAt));
  }

  private void assertRefused(String reason) throws Exception {
    Outcome outcome = next();
    assertThat(outcome.status()).isEqualTo(Status.REFUSED);
    assertThat(outcome.reason()).isEqualTo(reason);
    // counted just after it was shipped
    while (events.refusals.isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(events.refusals).containsExactly(reason);
  }

  private Outcome next() throws InterruptedException {
    OutgoingRecord sent = shipped.poll(60, TimeUnit.SECONDS);
    assertThat(sent).isNotNull();
    return host.verified(new String(sent.value(), StandardCharsets.UTF_8));
  }
}
