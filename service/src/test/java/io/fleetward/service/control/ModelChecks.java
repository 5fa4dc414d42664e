package io.fleetward.service.control;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.service.control.ModelHistory.Decided;
import io.fleetward.service.control.ModelHistory.Heard;
import io.fleetward.service.control.ModelHistory.Paused;
import io.fleetward.service.control.ModelHistory.Sent;
import io.fleetward.service.control.ModelHost.Executed;
import io.fleetward.service.desk.Desk.Verdict;
import io.fleetward.service.desk.RemediationView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Holds a history against the safety invariants, knowing nothing of how the service decides.
///
/// I3, I9 and I15 are kept on the host and by parts that are not in the model; their own tests show
/// them.
final class ModelChecks {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 2;
  private static final int RUNGS = 1;

  private final ModelHistory history;
  private final Map<String, RemediationView> remediations;
  private final List<String> violations = new ArrayList<>();

  private ModelChecks(ModelHistory history) {
    this.history = history;
    this.remediations =
        history.remediations.stream()
            .collect(Collectors.toMap(RemediationView::id, Function.identity()));
    violations.addAll(history.broken);
  }

  /// What was violated, each with its invariant's number; empty if nothing was.
  static List<String> violations(ModelHistory history) {
    ModelChecks checks = new ModelChecks(history);
    checks.everyDispatch();
    checks.everyPlan();
    checks.everyExecution();
    checks.everyRemediation();
    checks.everyFiringAlert();
    return checks.violations;
  }

  private void require(boolean holds, String invariant, String what, Object about) {
    if (!holds) {
      violations.add("%s: %s: %s".formatted(invariant, what, about));
    }
  }

  private void everyDispatch() {
    history.traces.stream()
        .filter(trace -> trace.decision().equals("dispatch"))
        .forEach(trace ->
            require(
                history.paused.stream().noneMatch(pause -> isWithin(trace.at(), pause)),
                "I10",
                "dispatched during a pause",
                trace));
  }

  private void everyPlan() {
    for (Sent sent : history.sent.values()) {
      Plan plan = sent.plan();
      String pid = plan.parameters().getOrDefault("pid", "");
      require(
          plan.parameters().values().stream().noneMatch(value -> value.contains("${"))
              && !plan.parameters().getOrDefault("uid", "").isEmpty(),
          "I1",
          "a plan without a resolved target",
          plan);
      require(
          ModelHost.hostOf(pid).equals(plan.instance()),
          "I2",
          "a plan for another host than the alert's",
          plan);
      require(hasFreshEvidence(plan), "I5", "a plan from stale evidence", plan);
      require(isApproved(plan), "I14", "a plan without its approvals", plan);
      require(
          history.traces.stream()
              .anyMatch(trace ->
                  trace.decision().equals("dispatch")
                      && trace.inputs().contains("plan=" + plan.id())
                      && !trace.guards().isEmpty()),
          "I16",
          "a plan without a recorded cause",
          plan);
    }
  }

  private static boolean isWithin(Instant at, Paused pause) {
    return at.isAfter(pause.from()) && at.isBefore(pause.to());
  }

  private boolean hasFreshEvidence(Plan plan) {
    Instant issuedAt = plan.issuedAt();
    int process = ModelService.processOf(plan.id());
    Instant started = history.started.getOrDefault(process, Instant.MAX);
    Instant resumed =
        history.paused.stream()
            .map(Paused::to)
            .filter(to -> to.isBefore(issuedAt))
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    return history.heard.stream()
        .filter(heard -> !heard.at().isAfter(issuedAt))
        .filter(heard -> heard.pid().equals(plan.parameters().get("pid")))
        .filter(heard -> heard.message().state() instanceof State.Firing)
        .map(heard -> heard.message().evaluatedAt())
        .anyMatch(evaluatedAt ->
            evaluatedAt.isAfter(started)
                && evaluatedAt.isAfter(resumed)
                && !evaluatedAt.isBefore(issuedAt.minus(FRESH)));
  }

  private boolean isApproved(Plan plan) {
    RemediationView remediation = remediations.get(plan.remediation());
    long people =
        history.decided.stream()
            .filter(decided -> decided.remediation().equals(plan.remediation()))
            .filter(decided -> decided.verdict() == Verdict.APPROVE)
            .filter(decided -> !decided.at().isAfter(plan.issuedAt()))
            .filter(decided -> decided.shown().equals(plan.parameters()))
            .map(Decided::person)
            .distinct()
            .count();
    return remediation != null && people >= remediation.approvalsNeeded();
  }

  private void everyExecution() {
    // people who change a policy have every fault judged anew
    Map<String, Long> byFault =
        history.executed.stream()
            .map(Executed::plan)
            .collect(
                groupingBy(plan -> plan.parameters().get("pid") + " " + plan.policy(), counting()));
    byFault.forEach((fault, times) ->
        require(times <= RUNGS, "I6", "one fault, %d actions".formatted(times), fault));
    // a policy here is for one alert name, which is what attempts are counted by
    Map<String, Long> byHost =
        history.executed.stream()
            .map(Executed::plan)
            .collect(
                groupingBy(
                    plan -> plan.instance() + " " + plan.policy().split("@", -1)[0], counting()));
    byHost.forEach(
        (host, times) -> require(times <= ATTEMPTS, "I7", "%d attempts".formatted(times), host));
    for (Executed one : history.executed) {
      for (Executed other : history.executed) {
        require(
            other.equals(one)
                || !other.plan().instance().equals(one.plan().instance())
                || one.plan().issuedAt().isBefore(other.at())
                || !one.plan().issuedAt().isBefore(other.endsAt()),
            "I11",
            "decided while another action was under way",
            one.plan());
      }
      require(
          one.at().isBefore(appended(one).plus(Plan.LIFETIME)),
          "I17",
          "executed more than 60 s after it was in the log",
          one.plan());
      require(
          history.paused.stream()
              .noneMatch(pause ->
                  one.at().isAfter(pause.from().plusSeconds(45)) && one.at().isBefore(pause.to())),
          "I17",
          "executed long after a pause began",
          one.plan());
    }
  }

  private Instant appended(Executed one) {
    Sent sent = history.sent.get(one.plan().id());
    return sent == null ? Instant.MIN : sent.appendedAt();
  }

  private void everyRemediation() {
    for (RemediationView remediation : history.remediations) {
      require(
          history.traces.stream()
              .anyMatch(trace -> trace.subject().equals("remediation " + remediation.id())),
          "I16",
          "a remediation without a recorded cause",
          remediation);
      if (remediation.state().equals("verified")) {
        require(isProven(remediation), "I8", "verified without proof", remediation);
      }
    }
  }

  private boolean isProven(RemediationView remediation) {
    String pid = remediation.parameters().getOrDefault("pid", "");
    return history.executed.stream()
        .filter(one -> one.plan().remediation().equals(remediation.id()))
        .anyMatch(one ->
            history.heard.stream()
                .filter(heard -> heard.pid().equals(pid))
                .filter(heard -> heard.message().state() instanceof State.Resolved)
                .anyMatch(heard -> heard.message().evaluatedAt().isAfter(one.endsAt())));
  }

  /// Whether nothing newer had been heard before of the same process.
  private boolean wasNews(Heard heard) {
    return history.heard.subList(0, history.heard.indexOf(heard)).stream()
        .filter(before -> before.pid().equals(heard.pid()))
        .allMatch(before -> before.message().evaluatedAt().isBefore(heard.message().evaluatedAt()));
  }

  /// What [ModelWorld] makes of a pid when it alters what is stored.
  private static String altered(String pid) {
    return pid.charAt(0) + "9" + pid.substring(1);
  }

  /// Nothing that fires is passed over in silence.
  private void everyFiringAlert() {
    history.heard.stream()
        .filter(heard -> heard.message().state() instanceof State.Firing)
        // without it the target is unknown, and what is proposed has no parameters to tell it by
        .filter(heard -> heard.message().labels().containsKey("uid"))
        .filter(this::wasNews)
        .map(Heard::pid)
        .distinct()
        .forEach(pid ->
            require(
                history.remediations.stream()
                        .map(one -> one.parameters().getOrDefault("pid", ""))
                        .anyMatch(acted -> acted.equals(pid) || acted.equals(altered(pid)))
                    || history.traces.stream()
                        .anyMatch(trace ->
                            trace.decision().equals("hold")
                                && trace.subject().contains("pid=\"%s\"".formatted(pid))),
                "I16",
                "an alert that fires and nobody says why nothing was done",
                pid));
  }
}
