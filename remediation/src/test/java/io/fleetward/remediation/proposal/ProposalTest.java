package io.fleetward.remediation.proposal;

import static io.fleetward.remediation.guard.Situated.FIRING;
import static io.fleetward.remediation.guard.Situated.PROPOSAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProposalTest {
  private static Proposal with(
      String instance, String action, Map<String, String> parameters, String policy, Claim claim) {
    return new Proposal(
        instance,
        action,
        parameters,
        PROPOSAL.timeout(),
        policy,
        PROPOSAL.policyVersion(),
        PROPOSAL.rung(),
        PROPOSAL.requester(),
        claim);
  }

  static Stream<Proposal> altered() {
    Proposal p = PROPOSAL;
    Claim c = p.claim();
    return Stream.of(
        with("web-2", p.action(), p.parameters(), p.policy(), c),
        with(p.instance(), "reboot", p.parameters(), p.policy(), c),
        with(p.instance(), p.action(), Map.of("pid", "4712"), p.policy(), c),
        with(p.instance(), p.action(), Map.of("pid", "4711", "x", ""), p.policy(), c),
        with(p.instance(), p.action(), Map.of(), p.policy(), c),
        with(p.instance(), p.action(), p.parameters(), "other", c),
        new Proposal(
            p.instance(),
            p.action(),
            p.parameters(),
            Duration.ofHours(1),
            p.policy(),
            p.policyVersion(),
            p.rung(),
            p.requester(),
            c),
        new Proposal(
            p.instance(),
            p.action(),
            p.parameters(),
            p.timeout(),
            p.policy(),
            "version-2",
            p.rung(),
            p.requester(),
            c),
        new Proposal(
            p.instance(),
            p.action(),
            p.parameters(),
            p.timeout(),
            p.policy(),
            p.policyVersion(),
            1,
            p.requester(),
            c),
        new Proposal(
            p.instance(),
            p.action(),
            p.parameters(),
            p.timeout(),
            p.policy(),
            p.policyVersion(),
            p.rung(),
            "mallory",
            c),
        with(p.instance(), p.action(), p.parameters(), p.policy(), Claim.of("inc-2", FIRING)),
        with(
            p.instance(),
            p.action(),
            p.parameters(),
            p.policy(),
            new Claim(
                c.incident(),
                c.alert(),
                c.alertName(),
                c.alertLabels(),
                c.activeAt(),
                new Incarnation("other-boot", "4711", ""))));
  }

  @ParameterizedTest
  @MethodSource("altered")
  void hashesDifferentlyWhateverIsAltered(Proposal altered) {
    assertThat(altered.hash()).isNotEqualTo(PROPOSAL.hash()).hasSize(64);
  }

  @Test
  void hashesTheSameInWhateverOrderItsParametersCome() {
    Map<String, String> one = new LinkedHashMap<>();
    one.put("a", "1");
    one.put("b", "2");
    Map<String, String> other = new LinkedHashMap<>();
    other.put("b", "2");
    other.put("a", "1");
    assertThat(with("web-1", "act", one, "p", PROPOSAL.claim()).hash())
        .isEqualTo(with("web-1", "act", other, "p", PROPOSAL.claim()).hash());
  }

  @Test
  void doesNotMistakeOneFieldForItsNeighbour() {
    Map<String, String> one = Map.of("a", "1b", "c", "2");
    Map<String, String> other = Map.of("a", "1", "bc", "2");
    assertThat(with("web-1", "act", one, "p", PROPOSAL.claim()).hash())
        .isNotEqualTo(with("web-1", "act", other, "p", PROPOSAL.claim()).hash());
  }
}
