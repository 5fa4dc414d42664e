package io.fleetward.remediation.guard;

import static io.fleetward.remediation.guard.Situated.NOW;
import static io.fleetward.remediation.guard.Situated.PROPOSAL;
import static io.fleetward.remediation.guard.Situated.TERMS;
import static io.fleetward.remediation.guard.Situated.VERSION;
import static io.fleetward.remediation.guard.Situated.alert;
import static io.fleetward.remediation.guard.Situated.approval;
import static io.fleetward.remediation.guard.Situated.clear;
import static io.fleetward.remediation.guard.Situated.proposal;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.messages.Provenance;
import io.fleetward.remediation.guard.Situation.EvidenceLimit;
import io.fleetward.remediation.guard.Situation.HostKey;
import io.fleetward.remediation.guard.Situation.Scope;
import io.fleetward.remediation.guard.Situation.Target;
import io.fleetward.remediation.proposal.Approval;
import io.fleetward.remediation.proposal.Proposal;
import io.fleetward.remediation.proposal.Terms;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardsTest {
  private static final Situation CLEAR = clear();

  /// @param objecting names of all guards that object, in their order
  record Case(String what, Proposal proposal, Situation situation, List<String> objecting) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Case spoiled(String what, Situation situation, String... objecting) {
    return new Case(what, PROPOSAL, situation, List.of(objecting));
  }

  static Stream<Case> cases() {
    return Stream.of(
        spoiled("nothing is wrong", CLEAR),
        new Case("no target", proposal("", "4711"), CLEAR, List.of("target", "approval")),
        spoiled(
            "host not seen",
            target(new Target(false, CLEAR.target().key(), List.of(), Instant.EPOCH, 0)),
            "target"),
        spoiled(
            "host key not known",
            target(
                new Target(true, new HostKey.Doubtful("no", "yes"), List.of(), Instant.EPOCH, 0)),
            "host-key"),
        spoiled("policy changed", inForce("another"), "policy-in-force"),
        spoiled("policy removed", inForce(""), "policy-in-force"),
        spoiled("nothing heard", evidence(new Evidence.Nothing()), "firing", "freshness"),
        spoiled("pending", heard(new State.Pending(NOW.minusSeconds(60)), 2), "firing"),
        spoiled("resolved", evidence(new Evidence.Heard(Situated.resolved(NOW))), "firing"),
        spoiled(
            "another episode",
            heard(new State.Firing(NOW.minusSeconds(9), NOW.minusSeconds(3)), 2),
            "firing"),
        spoiled("evaluated at the limit", heard(firing(), 30)),
        spoiled("evaluated too long ago", heard(firing(), 31), "freshness"),
        spoiled("evaluated in the future", heard(firing(), -11), "freshness"),
        spoiled("data too old", evidence(new Evidence.Heard(oldData())), "freshness"),
        spoiled(
            "a record without a seal",
            evidence(new Evidence.Heard(Situated.FIRING.from(new Provenance(false, "no seal")))),
            "provenance"),
        spoiled("nobody looked", evidence(new Evidence.Heard(unlooked())), "provenance"),
        spoiled("no newer than a restart", after(NOW.minusSeconds(2)), "freshness"),
        spoiled("just newer than a restart", after(NOW.minusSeconds(2).minusNanos(1))),
        spoiled("clock unknown", clockUnknown(), "clock"),
        spoiled("no approval", approvals(), "approval"),
        spoiled("the requester's own", approvals(approval("policy:runaway")), "approval"),
        spoiled("void", approvals(new Approval("alice", "other", "", NOW)), "approval"),
        spoiled("one of two", two(approval("alice")), "approval"),
        spoiled("one person twice", two(approval("alice"), approval("alice")), "approval"),
        spoiled("two people", two(approval("alice"), approval("bob"))),
        spoiled("paused", paused(), "pause"),
        spoiled(
            "another action under way",
            target(new Target(true, CLEAR.target().key(), List.of("rem-2"), Instant.EPOCH, 0)),
            "under-way"),
        spoiled("one of two at once", scope(100, 1)),
        spoiled("two of two at once", scope(100, 2), "blast-radius"),
        spoiled("10 % of 19 hosts is one", scope(19, 1), "blast-radius"),
        spoiled("10 % of 3 hosts is still one", scope(3, 0)),
        spoiled("an empty scope allows none", scope(0, 0), "blast-radius"),
        spoiled("rests", target(rested(299)), "cooldown"),
        spoiled("has rested", target(rested(300))),
        spoiled(
            "one attempt left",
            target(new Target(true, CLEAR.target().key(), List.of(), Instant.EPOCH, 2))),
        spoiled(
            "no attempt left",
            target(new Target(true, CLEAR.target().key(), List.of(), Instant.EPOCH, 3)),
            "attempts"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void objectsToExactlyWhatIsWrong(Case one) {
    List<GuardFinding> findings = Guards.standard().judge(one.proposal(), one.situation());
    assertThat(findings.stream().filter(GuardFinding::objects).map(GuardFinding::guard))
        .containsExactlyElementsOf(one.objecting());
    assertThat(findings).hasSize(Guards.standard().all().size()).doesNotHaveDuplicates();
    for (GuardFinding finding : findings) {
      assertThat(finding.reason()).isNotEmpty();
      assertThat(finding.remedy().isEmpty()).isEqualTo(!finding.objects());
    }
  }

  @Test
  void saysWhatWouldHaveToChange() {
    GuardFinding finding = new BlastRadius().judge(PROPOSAL, scope(100, 2));
    assertThat(finding)
        .isEqualTo(
            new GuardFinding(
                "blast-radius",
                true,
                "policy runaway acts on 2 and may act on 2 at once (at_most 2, percent 10.0, hosts 100)",
                "wait until an action of this policy has ended, or raise its limits"));
  }

  private static State firing() {
    return FIRING_STATE;
  }

  private static final State FIRING_STATE =
      new State.Firing(NOW.minusSeconds(60), NOW.minusSeconds(30));

  private static AlertMessage unlooked() {
    AlertMessage looked = Situated.FIRING;
    return new AlertMessage(
        looked.instance(),
        looked.labels(),
        looked.annotations(),
        looked.group(),
        looked.expression(),
        looked.state(),
        looked.value(),
        looked.evaluatedAt(),
        looked.newestSampleAt(),
        null,
        List.of(),
        looked.rulesVersion());
  }

  private static AlertMessage oldData() {
    AlertMessage fresh = Situated.FIRING;
    return new AlertMessage(
        fresh.instance(),
        fresh.labels(),
        fresh.annotations(),
        fresh.group(),
        fresh.expression(),
        fresh.state(),
        fresh.value(),
        fresh.evaluatedAt(),
        NOW.minusSeconds(31),
        null,
        List.of(),
        fresh.rulesVersion(),
        null,
        Provenance.PROVEN);
  }

  private static Situation heard(State state, long secondsAgo) {
    return evidence(new Evidence.Heard(alert(state, NOW.minusSeconds(secondsAgo))));
  }

  private static Target rested(long seconds) {
    return new Target(true, CLEAR.target().key(), List.of(), NOW.minusSeconds(seconds), 0);
  }

  private static Situation evidence(Evidence evidence) {
    return with(
        CLEAR.clockKnown(), TERMS, VERSION, evidence, CLEAR.evidenceAfter(), CLEAR.target());
  }

  private static Situation target(Target target) {
    return with(true, TERMS, VERSION, CLEAR.evidence(), CLEAR.evidenceAfter(), target);
  }

  private static Situation inForce(String version) {
    return with(true, TERMS, version, CLEAR.evidence(), CLEAR.evidenceAfter(), CLEAR.target());
  }

  private static Situation after(Instant time) {
    EvidenceLimit limit = new EvidenceLimit(time, "this service started");
    return with(true, TERMS, VERSION, CLEAR.evidence(), limit, CLEAR.target());
  }

  private static Situation clockUnknown() {
    return with(false, TERMS, VERSION, CLEAR.evidence(), CLEAR.evidenceAfter(), CLEAR.target());
  }

  private static Situation with(
      boolean clockKnown,
      Terms terms,
      String version,
      Evidence evidence,
      EvidenceLimit limit,
      Target target) {
    return new Situation(
        NOW,
        clockKnown,
        terms,
        version,
        evidence,
        limit,
        List.of(),
        CLEAR.scope(),
        target,
        CLEAR.approvals());
  }

  private static Situation approvals(Approval... approvals) {
    return people(TERMS, List.of(), CLEAR.scope(), List.of(approvals));
  }

  private static Situation two(Approval... approvals) {
    Terms terms = Situated.terms(TERMS.mode(), 2, TERMS.rungs());
    return people(terms, List.of(), CLEAR.scope(), List.of(approvals));
  }

  private static Situation paused() {
    return people(TERMS, List.of("all stop by bob"), CLEAR.scope(), CLEAR.approvals());
  }

  private static Situation scope(int hosts, int acting) {
    return people(TERMS, List.of(), new Scope(hosts, acting), CLEAR.approvals());
  }

  private static Situation people(
      Terms terms, List<String> pauses, Scope scope, List<Approval> approvals) {
    return new Situation(
        NOW,
        true,
        terms,
        VERSION,
        CLEAR.evidence(),
        CLEAR.evidenceAfter(),
        pauses,
        scope,
        CLEAR.target(),
        approvals);
  }
}
