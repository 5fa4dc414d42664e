package io.fleetward.agent.action;

import io.fleetward.agent.action.AllowedAction.Command;
import io.fleetward.agent.action.AllowedAction.Reboot;
import io.fleetward.agent.action.JournalEntry.Finished;
import io.fleetward.agent.action.JournalEntry.Running;
import io.fleetward.agent.action.JournalEntry.Started;
import io.fleetward.agent.action.Judgement.Accepted;
import io.fleetward.agent.action.Judgement.Refused;
import io.fleetward.agent.action.Judgement.Rehearsable;
import io.fleetward.agent.action.Rehearsing.Foresight;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.linux.ProcessIdentity;
import io.fleetward.agent.settings.ActionSettings;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Judges one plan by its own files, executes it, and reports. The journal knows of it before
/// anything happens. Confined to one thread.
final class Runner {
  private final ActionSettings settings;
  private final OutcomeWriter outcomes;
  private final DaemonLink link;
  private final Duration clockOffset;
  private final FreshJudge judge;

  /// @param clockOffset how far the broker's clock is ahead, as the daemon says
  Runner(ActionSettings settings, OutcomeWriter outcomes, DaemonLink link, Duration clockOffset) {
    this.settings = settings;
    this.outcomes = outcomes;
    this.link = link;
    this.clockOffset = clockOffset;
    this.judge = new FreshJudge(settings, outcomes.fingerprint(), clockOffset);
  }

  /// Settles what an earlier runner left.
  ///
  /// @return whether it could: false while another runner is at work
  boolean recover() throws IOException {
    Optional<Journal> opened = Journal.open(settings.state(), now());
    if (opened.isEmpty()) {
      return false;
    }
    try (Journal journal = opened.get()) {
      settle(journal);
      return true;
    }
  }

  /// Runs a plan, or refuses to; answers a rehearsal.
  void run(RunRequest request) throws IOException {
    byte[] envelope = request.planBytes();
    ClaimedPlan claimed = ClaimedPlan.read(envelope);
    Optional<Journal> opened;
    try {
      opened = Journal.open(settings.state(), now());
    } catch (JournalDamagedException | IOException e) {
      refuse(claimed, Refusal.JOURNAL_DAMAGED, String.valueOf(e.getMessage()));
      return;
    }
    if (opened.isEmpty()) {
      refuse(claimed, Refusal.BUSY, "another runner is at work");
      return;
    }
    try (Journal journal = opened.get()) {
      settle(journal);
      switch (judge(request, envelope, claimed, journal)) {
        case Refused(ClaimedPlan plan, Refusal reason, String detail) ->
            refuse(plan, reason, detail);
        case Rehearsable rehearsable -> rehearse(request, rehearsable);
        case Accepted(Plan plan, Command command) -> runCommand(request, plan, command, journal);
        case Accepted(Plan plan, AllowedAction action) ->
            runBuiltIn(request, plan, action, journal);
      }
    }
  }

  private Judgement judge(
      RunRequest request, byte[] envelope, ClaimedPlan claimed, Journal journal) {
    return judge.ask(
        claimed,
        request.heartbeatBytes(),
        (judge, moment) -> judge.judge(envelope, moment, journal));
  }

  /// Why a plan that was accepted must not begin after all; empty if it may.
  private Optional<Refused> hindrance(RunRequest request, Plan plan, AllowedAction action) {
    return judge.ask(
                ClaimedPlan.of(plan),
                request.heartbeatBytes(),
                (judge, moment) -> judge.judgeAgain(new Accepted(plan, action), moment))
            instanceof Refused refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  private void runCommand(RunRequest request, Plan plan, Command command, Journal journal)
      throws IOException {
    begin(plan, journal);
    CommandExecution execution =
        new CommandExecution(new ProcessGroup(link, plan.id()), CommandExecution.QUESTION_LIMIT);
    Optional<String> unmet = execution.unmetPrecondition(command, plan.parameters());
    if (unmet.isPresent()) {
      giveUp(new Refused(ClaimedPlan.of(plan), Refusal.PRECONDITION, unmet.get()), journal);
      return;
    }
    Map<String, String> before = execution.evidence(command, plan.parameters());
    Optional<Refused> hindrance = hindrance(request, plan, command);
    if (hindrance.isPresent()) {
      giveUp(hindrance.get(), journal);
      return;
    }
    tellStarted(plan);
    finish(
        plan,
        execution.execute(
            command,
            plan.parameters(),
            before,
            shorter(plan.timeout(), command.timeout()),
            group -> remember(plan, group, journal)),
        journal);
  }

  private void runBuiltIn(RunRequest request, Plan plan, AllowedAction action, Journal journal)
      throws IOException {
    BuiltInExecution execution = builtIns(request).of(action, plan.parameters(), plan.id());
    Optional<Objection> objection = execution.objection();
    if (objection.isPresent()) {
      refuse(ClaimedPlan.of(plan), objection.get().reason(), objection.get().detail());
      return;
    }
    begin(plan, journal);
    Optional<Refused> hindrance = hindrance(request, plan, action);
    if (hindrance.isPresent()) {
      giveUp(hindrance.get(), journal);
      return;
    }
    tellStarted(plan);
    finish(plan, execution.execute(shorter(plan.timeout(), action.timeout())), journal);
  }

  /// Begins nothing, and the journal does not hear of it.
  private void rehearse(RunRequest request, Rehearsable rehearsable) {
    Foresight foresight = new Rehearsing(builtIns(request), link).foresee(rehearsable);
    link.hand(
        outcomes.answer(
            ClaimedPlan.of(rehearsable.rehearsal()),
            foresight.hindrance().map(Objection::reason),
            foresight.hindrance().map(Objection::detail).orElse("would begin"),
            foresight.evidence(),
            now()));
  }

  private BuiltIns builtIns(RunRequest request) {
    return new BuiltIns(settings.state(), settings.procfs(), request.agent(), link);
  }

  private void begin(Plan plan, Journal journal) throws IOException {
    journal.start(
        new Started(
            plan.id(),
            plan.remediation(),
            plan.nonce(),
            plan.action(),
            Kernel.bootId(settings.procfs()),
            now()));
    new Diagnostics(settings.state(), settings.procfs()).collect(plan.id());
  }

  private void tellStarted(Plan plan) {
    link.tell(
        outcomes.of(
            ClaimedPlan.of(plan),
            new Execution(Status.STARTED, plan.action() + " has begun", Map.of(), Map.of(), ""),
            now()));
  }

  private void remember(Plan plan, long group, Journal journal) {
    try {
      long start =
          ProcessIdentity.of(settings.procfs(), (int) group).map(ProcessIdentity::start).orElse(0L);
      journal.running(new Running(plan.id(), (int) group, start, Kernel.bootId(settings.procfs())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void finish(Plan plan, Execution execution, Journal journal) throws IOException {
    finish(
        plan.id(),
        execution.status(),
        outcomes.of(ClaimedPlan.of(plan), execution, now()),
        journal);
  }

  private void finish(String plan, Status status, String envelope, Journal journal)
      throws IOException {
    journal.finish(new Finished(plan, status, envelope));
    hand(plan, envelope, journal);
  }

  /// Ends a plan that the journal knows already, before its action began.
  private void giveUp(Refused refused, Journal journal) throws IOException {
    finish(
        refused.claimed().plan(),
        Status.REFUSED,
        outcomes.refused(refused.claimed(), refused.reason(), refused.detail(), now()),
        journal);
  }

  private void hand(String plan, String envelope, Journal journal) throws IOException {
    if (link.hand(envelope)) {
      journal.handed(plan);
    }
  }

  private void refuse(ClaimedPlan plan, Refusal reason, String detail) {
    link.hand(outcomes.refused(plan, reason, detail, now()));
  }

  /// Ends what an earlier runner was at when it died, and hands over what it could not.
  private void settle(Journal journal) throws IOException {
    for (Finished finished : journal.unhanded()) {
      hand(finished.plan(), finished.envelope(), journal);
    }
    for (Started started : journal.unfinished()) {
      Optional<Running> running = journal.groupOf(started.plan());
      if (running.isPresent()) {
        Orphans.endGroup(running.get(), settings.procfs());
      }
      Orphans.endMarked(started.plan(), settings.procfs());
      String envelope = ending(started);
      finish(
          started.plan(),
          hasRestarted(started) ? Status.SUCCEEDED : Status.UNKNOWN,
          envelope,
          journal);
    }
  }

  /// That the host runs another kernel now is what a reboot was to bring about, and all that can be
  /// known of a plan whose runner died.
  private boolean hasRestarted(Started started) throws IOException {
    return started.action().equals(Reboot.NAME)
        && started.bootId() != null
        && !started.bootId().equals(Kernel.bootId(settings.procfs()));
  }

  private String ending(Started started) throws IOException {
    ClaimedPlan claimed = new ClaimedPlan(started.plan(), started.remediation());
    if (!hasRestarted(started)) {
      return outcomes.unknown(
          claimed,
          "the runner died while %s ran; it is not tried again".formatted(started.action()),
          now());
    }
    return outcomes.of(
        claimed,
        new Execution(
            Status.SUCCEEDED,
            "the host has restarted",
            Map.of(RebootExecution.BOOT, String.valueOf(started.bootId())),
            Map.of(RebootExecution.BOOT, Kernel.bootId(settings.procfs())),
            ""),
        now());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Instant now() {
    return clockOffset.abs().compareTo(PlanJudge.MOST_SKEW) > 0
        ? Instant.now()
        : Instant.now().plus(clockOffset);
  }
}
