package io.fleetward.remediation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFilesTest {
  private static final Path RESOURCES = Path.of("src/test/resources/policies");
  private static final String ACTIONS =
      """
      action: vacuum-journal
      risk: low
      parameters:
        keep: { pattern: "[0-9]+[MG]" }
      evidence: free bytes of the file system
      """;

  private static PolicySet read(String text, Problems problems) {
    ActionCatalogue catalogue = ActionFiles.parse("actions/a.yaml", ACTIONS, problems);
    return new PolicyFiles(catalogue, Selectors::parse, problems).parse("p.yaml", text);
  }

  private static Policy only(String text) {
    Problems problems = new Problems();
    PolicySet set = read(text, problems);
    assertThat(problems.list()).isEmpty();
    return set.policies().getFirst();
  }

  private static final String SHORTEST =
      """
      policies:
        - name: journal
          on: '{alertname="DiskFull"}'
          ladder: [{ action: vacuum-journal, with: { keep: 500M } }]
      """;

  @Test
  void takesTheStrictDefaultsWhereAPolicySaysNothing() {
    Policy policy = only(SHORTEST);
    assertThat(policy.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(policy.approvals()).isEqualTo(1);
    assertThat(policy.fresh()).isEqualTo(Duration.ofSeconds(60));
    assertThat(policy.expires()).isEqualTo(Duration.ofHours(1));
    assertThat(policy.resolvedWithin()).isEqualTo(Duration.ofMinutes(10));
    assertThat(policy.limits())
        .isEqualTo(new Limits(Limits.Scope.FLEET, 1, 100, Duration.ofMinutes(30), 2));
    assertThat(policy.ladder().getFirst().timeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void takesEveryKeyThatIsWritten() {
    Policy policy =
        only(
            SHORTEST
                + """
                    mode: automatic
                    approval: none
                    evidence: { fresh: 15s }
                    expires: 2h
                    limits: { scope: host, at_most: 3, percent: 2.5, cooldown: 1m, attempts: 7 }
                    verify: { resolved_within: 90s }
                """);
    assertThat(policy.mode()).isEqualTo(Mode.AUTOMATIC);
    assertThat(policy.approvals()).isZero();
    assertThat(policy.fresh()).isEqualTo(Duration.ofSeconds(15));
    assertThat(policy.expires()).isEqualTo(Duration.ofHours(2));
    assertThat(policy.resolvedWithin()).isEqualTo(Duration.ofSeconds(90));
    assertThat(policy.limits())
        .isEqualTo(new Limits(Limits.Scope.HOST, 3, 2.5, Duration.ofMinutes(1), 7));
  }

  @Test
  void asksAPersonForAnyRiskAboveLowEvenWhenThePolicySaysNone() {
    Policy policy = only(SHORTEST + "    mode: automatic\n    approval: none\n");
    assertThat(policy.approvalsNeeded(Risk.LOW)).isZero();
    assertThat(policy.approvalsNeeded(Risk.MEDIUM)).isEqualTo(1);
    assertThat(policy.approvalsNeeded(Risk.DISRUPTIVE)).isEqualTo(1);
  }

  @Test
  void changesItsVersionWithItsMeaningAndNotWithItsComments() {
    PolicySet one = read(SHORTEST, new Problems());
    PolicySet commented = read("# a comment\n" + SHORTEST, new Problems());
    PolicySet other = read(SHORTEST.replace("500M", "400M"), new Problems());
    assertThat(commented.version()).isEqualTo(one.version()).hasSize(64);
    assertThat(other.version()).isNotEqualTo(one.version());
  }

  @Test
  void readsTheShippedPoliciesAndActions() {
    Problems problems = new Problems();
    ActionCatalogue catalogue = ActionFiles.read(Path.of("../actions"), problems);
    PolicySet set =
        new PolicyFiles(catalogue, Selectors::parse, problems).read(Path.of("../policies"));
    assertThat(problems.list()).isEmpty();
    Policy policy = set.find("end-runaway-process").orElseThrow();
    assertThat(policy.mode()).isEqualTo(Mode.APPROVE);
    assertThat(policy.ladder().getFirst().with().keySet())
        .containsExactlyInAnyOrder("pid", "start", "executable", "uid", "boot_id");
    assertThat(catalogue.find("end-process").map(Action::risk)).isEqualTo(Optional.of(Risk.MEDIUM));
  }

  @ParameterizedTest
  @ValueSource(strings = {"selectors", "ladders", "dangers", "words", "nothing"})
  void tellsEveryProblemWithItsPlaceAndRemedy(String name) throws IOException {
    Problems problems = new Problems();
    ActionCatalogue catalogue = ActionFiles.read(RESOURCES.resolve("actions"), problems);
    String file = "policies/bad/" + name + ".yaml";
    String text = Files.readString(RESOURCES.resolve("bad/" + name + ".yaml"));
    new PolicyFiles(catalogue, Selectors::parse, problems).parse(file, text);
    String told =
        problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n"));
    Path golden = RESOURCES.resolve("bad/" + name + ".problems");
    if (Boolean.parseBoolean(System.getenv("UPDATE_GOLDEN"))) {
      Files.writeString(golden, told);
    }
    assertThat(told).isEqualTo(Files.readString(golden));
  }

  @Test
  void tellsWhatIsWrongWithAnAction() {
    Problems problems = new Problems();
    ActionFiles.parse(
        "a.yaml",
        """
        action: reboot
        parameters:
          delay: { pattern: "[0-9" }
          grace: { patern: "x" }
        undoes: x
        """,
        problems);
    assertThat(problems.list().stream().map(Problem::toString))
        .containsExactly(
            "a.yaml:3:10: pattern \"[0-9\" is not a valid RE2 expression: missing closing ]",
            "a.yaml:4:10: \"pattern\" is missing; add it",
            "a.yaml:4:12: unknown key \"patern\"; known here: pattern",
            "a.yaml:1:1: \"risk\" is missing; write low, medium or disruptive",
            "a.yaml:1:1: \"evidence\" is missing; add it",
            "a.yaml:5:1: unknown key \"undoes\"; known here: action, evidence, parameters, risk, undo");
  }
}
