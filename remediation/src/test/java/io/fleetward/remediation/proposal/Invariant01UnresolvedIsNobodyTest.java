package io.fleetward.remediation.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.remediation.policy.ActionFiles;
import io.fleetward.remediation.policy.PolicyFiles;
import io.fleetward.remediation.policy.PolicySet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// I1: what is not resolved is for nobody.
class Invariant01UnresolvedIsNobodyTest {
  private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "unit=nova-compute, ",
        "other=x, parameter \"unit\" needs the label \"unit\"; which the alert does not have",
        "unit=.*, parameter \"unit\" would be \".*\"; which does not match [a-z-]+",
        "unit=sshd;reboot, parameter \"unit\" would be \"sshd;reboot\"; which does not match [a-z-]+",
        "instance=web-2, the alert came from web-1 but names the instance web-2",
      })
  void fillsInEverythingOrNothing(String label, String reason) {
    Draft draft = draft(label);
    if (reason == null) {
      assertThat(draft).isInstanceOf(Draft.Complete.class);
      assertThat(draft.proposal().parameters()).containsExactly(Map.entry("unit", "nova-compute"));
    } else {
      assertThat(draft).isInstanceOf(Draft.Incomplete.class);
      assertThat(((Draft.Incomplete) draft).reason().replace("\", which", "\"; which"))
          .contains(reason);
    }
  }

  private static Draft draft(String label) {
    Problems problems = new Problems();
    var catalogue =
        ActionFiles.parse(
            "a.yaml",
            """
            action: restart-unit
            risk: low
            evidence: start time of the unit
            parameters: { unit: { pattern: "[a-z-]+" } }
            """,
            problems);
    PolicySet policies =
        new PolicyFiles(
                catalogue,
                text -> List.of(new LabelMatcher("alertname", LabelMatcher.Operator.EQUAL, text)),
                problems)
            .parse(
                "p.yaml",
                """
                policies:
                  - name: restart
                    on: UnitDown
                    ladder: [{ action: restart-unit, with: { unit: "${labels.unit}" } }]
                """);
    problems.throwIfAny();
    int sign = label.indexOf('=');
    AlertMessage alert =
        new AlertMessage(
            "web-1",
            Map.of("alertname", "UnitDown", label.substring(0, sign), label.substring(sign + 1)),
            Map.of(),
            "g",
            "up == 0",
            new State.Firing(AT, AT),
            0,
            AT,
            AT,
            null,
            List.of(),
            "rules-1");
    return Draft.of(policies, policies.policies().getFirst(), 0, "inc-1", alert);
  }
}
