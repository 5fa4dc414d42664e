package io.fleetward.remediation.lifecycle;

import static io.fleetward.remediation.guard.Situated.FIRING;
import static io.fleetward.remediation.guard.Situated.NOW;
import static io.fleetward.remediation.guard.Situated.PROPOSAL;
import static io.fleetward.remediation.guard.Situated.approval;
import static io.fleetward.remediation.guard.Situated.clear;
import static io.fleetward.remediation.guard.Situated.proposal;
import static io.fleetward.remediation.guard.Situated.resolved;
import static io.fleetward.remediation.guard.Situated.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.remediation.guard.Evidence;
import io.fleetward.remediation.guard.GuardFinding;
import io.fleetward.remediation.guard.Guards;
import io.fleetward.remediation.guard.Situated;
import io.fleetward.remediation.lifecycle.RemediationEvent.AlertObserved;
import io.fleetward.remediation.lifecycle.RemediationEvent.ApprovalGiven;
import io.fleetward.remediation.lifecycle.RemediationEvent.Judged;
import io.fleetward.remediation.lifecycle.RemediationEvent.OutcomeReported;
import io.fleetward.remediation.lifecycle.RemediationEvent.PlanLapsed;
import io.fleetward.remediation.lifecycle.RemediationEvent.PolicyChanged;
import io.fleetward.remediation.lifecycle.RemediationEvent.RejectionGiven;
import io.fleetward.remediation.lifecycle.RemediationEvent.Ticked;
import io.fleetward.remediation.policy.Mode;
import io.fleetward.remediation.proposal.Approval;
import io.fleetward.remediation.proposal.Draft;
import io.fleetward.remediation.proposal.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every state with every event.
class RemediationLifecycleTest {
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final Dossier ONE = new Dossier("rem-1", PROPOSAL, Situated.TERMS, NOW);
  private static final Dossier TWO = dossier(terms(Mode.APPROVE, 2, 1));
  private static final Dossier LAST = dossier(terms(Mode.APPROVE, 1, 1));
  private static final List<Approval> ALICE = List.of(approval("alice"));
  private static final IssuedPlan PLAN =
      new IssuedPlan("plan-1", NOW, NOW.plus(Plan.LIFETIME), Duration.ofSeconds(20));

  private static Dossier dossier(Terms terms) {
    return new Dossier("rem-1", PROPOSAL, terms, NOW);
  }

  /// One remediation in each state, by the state's name.
  private static final Map<String, Remediation> STATES = states();

  private static Map<String, Remediation> states() {
    List<Remediation> all =
        List.of(
            new Remediation.Proposed(ONE, "only observes"),
            new Remediation.AwaitingApproval(ONE, List.of(), LATER),
            new Remediation.Approved(ONE, ALICE, LATER, ""),
            new Remediation.Dispatched(ONE, ALICE, PLAN),
            new Remediation.Running(ONE, ALICE, PLAN, NOW),
            new Remediation.Succeeded(ONE, PLAN, NOW),
            new Remediation.Failed(ONE, "no", NOW),
            new Remediation.Unknown(ONE, "who knows", NOW),
            new Remediation.Verifying(ONE, PLAN, NOW, NOW.plusSeconds(120)),
            new Remediation.Verified(ONE, NOW),
            new Remediation.Escalated(ONE, "no", NOW),
            new Remediation.Blocked(ONE, "no", NOW),
            new Remediation.Rejected(ONE, "bob", "no", NOW),
            new Remediation.Expired(ONE, "no", NOW),
            new Remediation.Superseded(ONE, "no", NOW),
            new Remediation.Withdrawn(ONE, "no", NOW));
    Map<String, Remediation> byName = new LinkedHashMap<>();
    all.forEach(one -> byName.put(one.stateName(), one));
    return byName;
  }

  /// One event of each kind that matters, by a name for the table.
  private static final Map<String, RemediationEvent> EVENTS = events();

  private static Map<String, RemediationEvent> events() {
    Map<String, RemediationEvent> all = new LinkedHashMap<>();
    all.put("firing", new AlertObserved(FIRING, NOW));
    all.put("resolved", new AlertObserved(resolved(NOW.plusSeconds(1)), NOW.plusSeconds(1)));
    all.put("approval", new ApprovalGiven(approval("bob")));
    all.put("rejection", new RejectionGiven("bob", "no", NOW));
    all.put("cleared", judged());
    all.put("objected", judged(objection("cooldown")));
    all.put("capped", judged(objection("attempts")));
    all.put("started", reported(Status.STARTED, ""));
    all.put("succeeded", reported(Status.SUCCEEDED, ""));
    all.put("failed", reported(Status.FAILED, ""));
    all.put("timed-out", reported(Status.TIMED_OUT, ""));
    all.put("refused", reported(Status.REFUSED, "unknown-action"));
    all.put("refused-expired", reported(Status.REFUSED, "expired"));
    all.put("replayed", reported(Status.REFUSED, "replayed"));
    all.put("unknown", reported(Status.UNKNOWN, ""));
    all.put("foreign", new OutcomeReported(outcome("plan-2", Status.SUCCEEDED, ""), NOW, NOW));
    all.put("lapsed", new PlanLapsed("plan-1", NOW));
    all.put("policy-changed", new PolicyChanged("changed", NOW));
    all.put("tick", new Ticked(NOW));
    all.put("late-tick", new Ticked(LATER));
    return all;
  }

  private static Judged judged(GuardFinding... findings) {
    return new Judged(
        List.of(findings), new Evidence.Heard(FIRING), Situated.KEY, "plan-1", "nonce-1", NOW);
  }

  private static GuardFinding objection(String guard) {
    return new GuardFinding(guard, true, "because", "wait");
  }

  private static OutcomeReported reported(Status status, String reason) {
    return new OutcomeReported(outcome("plan-1", status, reason), NOW, NOW);
  }

  private static Outcome outcome(String plan, Status status, String reason) {
    return new Outcome(
        plan,
        "rem-1",
        "web-1",
        status,
        reason,
        "said so",
        Map.of("process", "running"),
        Map.of("process", "gone"),
        "",
        NOW);
  }

  /// What comes of an event, by state; `=` unchanged, `!code` refused, `*` for every other event.
  private static final String TABLE =
      """
      proposed           resolved=withdrawn policy-changed=superseded firing== tick== late-tick== approval=!not-awaiting rejection=!not-awaiting *=!impossible
      awaiting-approval  resolved=withdrawn policy-changed=superseded firing== tick== late-tick=expired approval=approved rejection=rejected *=!impossible
      approved           resolved=withdrawn policy-changed=superseded firing== tick== late-tick=expired approval=!not-awaiting rejection=rejected cleared=dispatched objected=approved capped=escalated *=!impossible
      dispatched         resolved== policy-changed== firing== tick== late-tick=escalated approval=!not-awaiting rejection=!not-awaiting started=running succeeded=verifying failed=superseded timed-out=superseded refused=escalated refused-expired=escalated replayed== unknown=escalated lapsed=approved *=!impossible
      running            resolved== policy-changed== firing== tick== late-tick=escalated approval=!not-awaiting rejection=!not-awaiting started== succeeded=verifying failed=superseded timed-out=superseded refused== refused-expired== replayed== unknown=escalated *=!impossible
      verifying          resolved=verified policy-changed== firing== tick== late-tick=superseded approval=!not-awaiting rejection=!not-awaiting started== succeeded== failed== timed-out== refused== refused-expired== replayed== unknown== *=!impossible
      succeeded          *=!impossible
      failed             *=!impossible
      unknown            *=!impossible
      verified           resolved== policy-changed== firing== tick== late-tick== approval=!not-awaiting rejection=!not-awaiting *=!impossible
      escalated          resolved== policy-changed== firing== tick== late-tick== approval=!not-awaiting rejection=!not-awaiting *=!impossible
      blocked            resolved== policy-changed== firing== tick== late-tick== approval=!not-awaiting rejection=!not-awaiting *=!impossible
      rejected           resolved== policy-changed== firing== tick== late-tick== approval=!not-awaiting rejection=!not-awaiting *=!impossible
      expired            resolved== policy-changed== firing== tick== late-tick== approval=!not-awaiting rejection=!not-awaiting *=!impossible
      superseded         resolved== policy-changed== firing== tick== late-tick== approval=!not-awaiting rejection=!not-awaiting *=!impossible
      withdrawn          resolved== policy-changed== firing== tick== late-tick== approval=!not-awaiting rejection=!not-awaiting *=!impossible
      """;

  private static final Pattern WORDS = Pattern.compile(" +");

  record Cell(String state, String event, String result) {}

  static Stream<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (String line : TABLE.lines().toList()) {
      List<String> words = WORDS.splitAsStream(line.strip()).toList();
      Map<String, String> results = new LinkedHashMap<>();
      for (String word : words.subList(1, words.size())) {
        int sign = word.indexOf('=');
        results.put(word.substring(0, sign), word.substring(sign + 1));
      }
      for (String event : EVENTS.keySet()) {
        String result = results.getOrDefault(event, results.getOrDefault("*", ""));
        cells.add(new Cell(words.getFirst(), event, result));
      }
    }
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void movesAsTheTableSays(Cell cell) {
    assertThat(result(state(cell.state()), event(cell.event()))).isEqualTo(cell.result());
  }

  private static Remediation state(String name) {
    return Optional.ofNullable(STATES.get(name)).orElseThrow();
  }

  private static RemediationEvent event(String name) {
    return Optional.ofNullable(EVENTS.get(name)).orElseThrow();
  }

  private static String result(Remediation state, RemediationEvent event) {
    return switch (RemediationLifecycle.next(state, event)) {
      case Step.Moved(Remediation next, _) -> next.stateName();
      case Step.Unchanged _ -> "=";
      case Step.Refused(String code, _) -> "!" + code;
    };
  }

  @Test
  void hasARowForEveryStateAndAPlanOnlyFromAnApprovedOne() {
    assertThat(
            TABLE.lines().map(line -> WORDS.splitAsStream(line.strip()).findFirst().orElseThrow()))
        .containsExactlyInAnyOrderElementsOf(STATES.keySet());
    for (Remediation state : STATES.values()) {
      for (RemediationEvent event : EVENTS.values()) {
        if (RemediationLifecycle.next(state, event) instanceof Step.Moved(_, var effects)
            && effects.stream().anyMatch(Effect.WritePlan.class::isInstance)) {
          assertThat(state).isInstanceOf(Remediation.Approved.class);
        }
      }
    }
  }

  @Test
  void recordsATraceForEveryMove() {
    for (Remediation state : STATES.values()) {
      for (RemediationEvent event : EVENTS.values()) {
        if (RemediationLifecycle.next(state, event) instanceof Step.Moved(_, var effects)) {
          assertThat(effects).hasAtLeastOneElementOfType(Effect.Trace.class);
        }
      }
    }
  }

  @Test
  void readsEveryStateBackFromItsDocument() {
    for (Remediation state : STATES.values()) {
      String document = MessageCodec.text(state);
      assertThat(document).contains("\"is\":\"%s\"".formatted(state.stateName()));
      assertThat(MessageCodec.decode(document.getBytes(StandardCharsets.UTF_8), Remediation.class))
          .isEqualTo(new Decoded.Message<>(state));
    }
  }

  @Test
  void makesAPlanThatSaysWhatWasApprovedAndJudged() {
    Step step = RemediationLifecycle.next(state("approved"), judged());
    Plan plan =
        ((Step.Moved) step)
            .effects().stream()
                .filter(Effect.WritePlan.class::isInstance)
                .map(effect -> ((Effect.WritePlan) effect).plan())
                .findFirst()
                .orElseThrow();
    assertThat(plan)
        .isEqualTo(
            new Plan(
                "plan-1",
                "rem-1",
                "web-1",
                Situated.KEY,
                "end-process",
                Map.of("pid", "4711"),
                "runaway@" + Situated.VERSION,
                PROPOSAL.hash(),
                new Evidence.Heard(FIRING).hash(),
                "nonce-1",
                NOW,
                NOW.plusSeconds(60),
                Duration.ofSeconds(20)));
  }

  @Test
  void needsTwoDistinctPeopleWhereThePolicySaysTwo() {
    Remediation awaiting = new Remediation.AwaitingApproval(TWO, List.of(), LATER);
    awaiting = moved(awaiting, new ApprovalGiven(approval("alice")));
    assertThat(result(awaiting, new ApprovalGiven(approval("alice")))).isEqualTo("!forbidden");
    assertThat(awaiting.stateName()).isEqualTo("awaiting-approval");
    assertThat(result(awaiting, new ApprovalGiven(approval("bob")))).isEqualTo("approved");
  }

  @Test
  void doesNotLetTheRequesterApprove() {
    assertThat(result(state("awaiting-approval"), new ApprovalGiven(approval("policy:runaway"))))
        .isEqualTo("!forbidden");
  }

  @Test
  void voidsAnApprovalOfAnotherProposal() {
    Approval other = new Approval("bob", proposal("web-1", "1").hash(), "", NOW);
    assertThat(result(state("awaiting-approval"), new ApprovalGiven(other))).isEqualTo("!void");
  }

  @Test
  void deniesByExpiryAlsoWhenTheApprovalComesFirst() {
    Approval late = new Approval("bob", PROPOSAL.hash(), "", LATER);
    assertThat(result(state("awaiting-approval"), new ApprovalGiven(late))).isEqualTo("expired");
  }

  @Test
  void withdrawsWhenTheAlertIsAnotherEpisodeNow() {
    var again = Situated.alert(new State.Firing(NOW, NOW.plusSeconds(1)), NOW.plusSeconds(1));
    assertThat(result(state("approved"), new AlertObserved(again, NOW))).isEqualTo("withdrawn");
  }

  @Test
  void escalatesAfterTheLastRung() {
    assertThat(result(new Remediation.Dispatched(LAST, ALICE, PLAN), event("failed")))
        .isEqualTo("escalated");
    assertThat(
            result(
                new Remediation.Verifying(LAST, PLAN, NOW, NOW.plusSeconds(120)),
                event("late-tick")))
        .isEqualTo("escalated");
  }

  @Test
  void waitsForAnOutcomeUntilLifetimeTimeoutAndMarginAreOver() {
    Instant deadline = NOW.plusSeconds(60 + 20 + 90);
    assertThat(result(state("dispatched"), new Ticked(deadline.minusMillis(1)))).isEqualTo("=");
    assertThat(result(state("dispatched"), new Ticked(deadline))).isEqualTo("escalated");
  }

  @Test
  void tellsPeopleOfWhatExpired() {
    for (String waiting : List.of("awaiting-approval", "approved")) {
      Step step = RemediationLifecycle.next(state(waiting), event("late-tick"));
      assertThat(((Step.Moved) step).effects())
          .filteredOn(Effect.Notify.class::isInstance)
          .extracting(effect -> ((Effect.Notify) effect).what())
          .containsExactly("expired");
    }
  }

  @Test
  void neverDispatchesInModesThatOnlyWatch() {
    for (Mode mode : List.of(Mode.OBSERVE, Mode.SUGGEST)) {
      Draft draft = new Draft.Complete(PROPOSAL, terms(mode, 1, 1));
      Step.Moved moved = begin(draft);
      assertThat(moved.next()).isInstanceOf(Remediation.Proposed.class);
      assertThat(moved.next().detail()).contains("only");
    }
  }

  @Test
  void asksNobodyWhereThePolicyNeedsNobody() {
    assertThat(begin(new Draft.Complete(PROPOSAL, terms(Mode.AUTOMATIC, 0, 1))).next())
        .isInstanceOf(Remediation.Approved.class);
  }

  @Test
  void blocksWhatCouldNotBeFilledIn() {
    assertThat(begin(new Draft.Incomplete(PROPOSAL, Situated.TERMS, "no pid")).next())
        .isEqualTo(new Remediation.Blocked(ONE, "no pid", NOW));
  }

  private static Step.Moved begin(Draft draft) {
    return RemediationLifecycle.begin(
        "rem-1", draft, Guards.standard().judge(PROPOSAL, clear()), NOW);
  }

  private static Remediation moved(Remediation state, RemediationEvent event) {
    return switch (RemediationLifecycle.next(state, event)) {
      case Step.Moved(Remediation next, _) -> next;
      case Step.Unchanged _, Step.Refused _ -> throw new AssertionError("did not move");
    };
  }
}
