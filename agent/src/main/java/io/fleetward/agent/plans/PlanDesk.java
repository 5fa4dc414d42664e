package io.fleetward.agent.plans;

import io.fleetward.agent.action.Circumstances;
import io.fleetward.agent.action.ClaimedPlan;
import io.fleetward.agent.action.Judgement;
import io.fleetward.agent.action.Judgement.Accepted;
import io.fleetward.agent.action.Judgement.Refused;
import io.fleetward.agent.action.Judgement.Rehearsable;
import io.fleetward.agent.action.OutcomeWriter;
import io.fleetward.agent.action.PlanJudge;
import io.fleetward.agent.action.Refusal;
import io.fleetward.agent.action.RunRequest;
import io.fleetward.agent.plans.Runners.Recovery;
import io.fleetward.agent.shipping.BrokerClock;
import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.messages.Rehearsal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes plans one after another on a thread of its own: judges each at the moment its turn comes,
/// has the runner execute what passes, and reports. [#receive] may be called from any thread and
/// never waits.
public final class PlanDesk implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PlanDesk.class);
  private static final int MOST_WAITING = 8;
  private static final Duration RECOVER_AGAIN_AFTER = Duration.ofSeconds(10);

  private final Supplier<PlanJudge> judge;
  private final HeartbeatBoard heartbeats;
  private final BrokerClock clock;
  private final Optional<OutcomeWriter> writer;
  private final OutcomeOutbox outbox;
  private final Runners runners;
  private final PlanEvents events;
  private final RecentPlans recent = new RecentPlans();
  private final BlockingQueue<ArrivedPlan> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private volatile boolean isClosing;

  /// @param judge asked each time, since keys and allow-list change
  /// @param writer absent on a host without a key: then refusals are only counted and nothing runs
  public PlanDesk(
      Supplier<PlanJudge> judge,
      HeartbeatBoard heartbeats,
      BrokerClock clock,
      Optional<OutcomeWriter> writer,
      OutcomeOutbox outbox,
      Runners runners,
      PlanEvents events) {
    this.judge = judge;
    this.heartbeats = heartbeats;
    this.clock = clock;
    this.writer = writer;
    this.outbox = outbox;
    this.runners = runners;
    this.events = events;
    this.thread = Thread.ofPlatform().daemon().name("fleetward-actions").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// Takes a plan; refuses it at once where too many wait.
  public void receive(ArrivedPlan plan) {
    events.seen();
    if (!waiting.offer(plan)) {
      refuse(ClaimedPlan.read(plan.envelope()), Refusal.BUSY, MOST_WAITING + " plans wait already");
    }
  }

  private void run() {
    try {
      if (writer.isPresent()) {
        recover();
      }
      while (!isClosing) {
        decide(waiting.take());
      }
    } catch (InterruptedException _) {
      // asked to close
    }
  }

  /// Has the runner report what was interrupted; also begins the journal of a new host, so that
  /// plans from now on are not older than it.
  private void recover() throws InterruptedException {
    try {
      Recovery recovery = runners.recover(outbox::put);
      while (recovery == Recovery.BUSY) {
        Thread.sleep(RECOVER_AGAIN_AFTER);
        recovery = runners.recover(outbox::put);
      }
      if (recovery == Recovery.FAILED) {
        log.error("the runner does not work, as it told its own log; plans will be refused");
      }
    } catch (IOException e) {
      log.atError().setCause(e).log("the runner cannot be started; no plan will be run");
    }
  }

  private void decide(ArrivedPlan arrived) {
    switch (judge(arrived)) {
      case Refused(ClaimedPlan claimed, Refusal reason, String detail) ->
          refuse(claimed, reason, detail);
      case Rehearsable(Rehearsal rehearsal, _) -> rehearse(rehearsal, arrived.envelope());
      case Accepted(Plan plan, _) -> execute(plan, arrived.envelope());
    }
  }

  private Judgement judge(ArrivedPlan arrived) {
    Judgement judgement =
        judge
            .get()
            .judge(
                arrived.envelope(),
                new Circumstances(
                    Instant.now(),
                    clock.offset().orElse(null),
                    heartbeats.deciding().map(HeartbeatBoard.Signed::heartbeat).orElse(null)),
                recent);
    return judgement instanceof Accepted(Plan plan, _) && !isLately(arrived)
        ? new Refused(
            ClaimedPlan.read(arrived.envelope()),
            Refusal.EXPIRED,
            "plan %s was appended at %s".formatted(plan.id(), arrived.appendedAt()))
        : judgement;
  }

  /// Whether the broker appended it within a plan's lifetime (I17).
  private boolean isLately(ArrivedPlan arrived) {
    Instant appendedAt = arrived.appendedAt();
    return appendedAt != null
        && clock.now().filter(now -> now.isBefore(appendedAt.plus(Plan.LIFETIME))).isPresent();
  }

  private void execute(Plan plan, byte[] envelope) {
    recent.add(plan.nonce(), plan.action(), clock.now().orElseGet(Instant::now));
    log.atInfo()
        .addKeyValue("plan", plan.id())
        .addKeyValue("action", plan.action())
        .log("plan handed to the runner");
    OutcomeLedger reported = new OutcomeLedger(outbox, events, plan.id());
    try {
      runners.run(request(envelope), reported);
      if (!reported.hasFinal()) {
        runners.recover(reported);
      }
    } catch (IOException e) {
      log.atError().addKeyValue("plan", plan.id()).setCause(e).log("the runner failed");
    }
    if (!reported.hasAny()) {
      refuse(
          ClaimedPlan.read(envelope), Refusal.RUNNER_FAILED, "the runner ended without an outcome");
    }
  }

  private void rehearse(Rehearsal rehearsal, byte[] envelope) {
    try {
      runners.run(request(envelope), outbox::put);
    } catch (IOException e) {
      log.atError().addKeyValue("rehearsal", rehearsal.id()).setCause(e).log("the runner failed");
      refuse(ClaimedPlan.read(envelope), Refusal.RUNNER_FAILED, String.valueOf(e.getMessage()));
    }
  }

  private RunRequest request(byte[] envelope) {
    byte[] heartbeat =
        heartbeats.deciding().map(HeartbeatBoard.Signed::envelope).orElse(new byte[0]);
    return RunRequest.of(
        envelope,
        heartbeat,
        clock.offset().orElse(Heartbeat.FRESH.multipliedBy(2)),
        (int) ProcessHandle.current().pid());
  }

  private void refuse(ClaimedPlan claimed, Refusal reason, String detail) {
    if (!claimed.isRehearsal()) {
      events.refused(reason);
    }
    log.atWarn()
        .addKeyValue("plan", claimed.plan())
        .addKeyValue("reason", reason.code())
        .addKeyValue("detail", detail)
        .log("plan refused");
    Instant now = clock.now().orElseGet(Instant::now);
    writer.ifPresent(outcomes -> outbox.put(outcomes.refused(claimed, reason, detail, now)));
  }

  /// Takes no more plans, has what runs ended and reported.
  @Override
  public void close() {
    isClosing = true;
    runners.stop();
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
