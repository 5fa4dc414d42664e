package io.fleetward.service.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetFilesTest {
  @TempDir private Path folder;
  private SetFolder set;

  @BeforeEach
  void begin() {
    set = SetFolder.good(folder);
  }

  @Test
  void readsAllFolders() {
    ActiveSet read = set.read();
    assertThat(read.rules().groups()).hasSize(1);
    assertThat(read.models()).hasSize(1);
    assertThat(read.policies().policies()).hasSize(1);
    assertThat(read.version()).matches("[0-9a-f]{64}");
  }

  @Test
  void theShippedFilesFitTogether() {
    SetFolders shipped =
        new SetFolders(
            Path.of("../rules/packs/host"),
            Path.of("../models/packs/host"),
            Path.of("../policies"),
            Path.of("../actions"),
            java.time.Duration.ZERO);
    var problems = new io.fleetward.protocol.configuration.Problems();
    new SetFiles(shipped, io.fleetward.rules.language.Selectors::parse).read(problems);
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void tellsTheProblemsOfAllFoldersAtOnce() {
    set.write("rules/wrong.yaml", "groups:\n- name: g\n  rules:\n  - record: r\n    expr: sum(\n");
    set.write(
        "rules/worse.yaml",
        "groups:\n- name: g\n  rules:\n  - record: r\n    expr: 1 +\n    for: 5m\n");
    set.write("models/wrong.yaml", "models:\n- name: Big Model\n");
    set.write("policies/wrong.yaml", "policies: []\n");
    set.write("actions/wrong.yaml", "action: reboot\n");
    assertThat(set.problems())
        .anyMatch(problem ->
            problem.startsWith("rules/wrong.yaml:5:11: group \"g\", rule \"r\": could not parse"))
        .anyMatch(problem ->
            problem.startsWith("rules/worse.yaml:5:11: group \"g\", rule \"r\": could not parse"))
        .anyMatch(problem ->
            problem.startsWith(
                "rules/worse.yaml:4:5: group \"g\", rule \"r\": invalid field 'for'"))
        .anyMatch(problem -> problem.startsWith("models/wrong.yaml:2:9: \"name\" is \"Big Model\""))
        .anyMatch(problem -> problem.startsWith("policies/wrong.yaml:1:1: holds no policies"))
        .anyMatch(problem -> problem.startsWith("actions/wrong.yaml:1:1: \"risk\" is missing"));
  }

  @Test
  void aFeatureThatNoRuleRecordsIsAProblem() {
    set.write("models/host.yaml", SetFolder.MODELS.replace("load:max10s", "load:max1m"));
    assertThat(set.problems())
        .containsExactly(
            "models/host.yaml:6:19: no rule records the feature \"instance:load:max1m\"; add a"
                + " recording rule of that name, or correct the feature's name");
  }

  @Test
  void aFeatureMayBeRecordedAcrossHostsIfItsResultsNameTheHost() {
    set.write(
        "rules/load.yaml",
        SetFolder.RULES.replace(
            "max_over_time(load[10s])", "load / on () group_left () avg(load)"));
    assertThat(set.problems()).isEmpty();
  }

  @Test
  void aRuleThatCanBeEvaluatedNowhereIsAProblem() {
    set.write(
        "rules/made-up.yaml",
        """
        groups:
        - name: g
          rules:
          - alert: A
            expr: x > 1
            annotations: {s: '{{ printf "y{a=%q}" $labels.a | query | first | value }}'}
        """);
    assertThat(set.problems())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("rules/made-up.yaml:4:5: group \"g\", rule \"A\": a template makes up a query");
  }

  @Test
  void aFeatureThatNoHostRecordsIsAProblem() {
    set.write("rules/load.yaml", SetFolder.RULES.replace("max_over_time(load[10s])", "sum(load)"));
    assertThat(set.problems())
        .containsExactly(
            "models/host.yaml:6:19: the feature \"instance:load:max10s\" is recorded by a rule that"
                + " no host evaluates (sum drops instance; name it in by (…) to keep it on the"
                + " host); rewrite the rule, or take another feature");
  }

  @Test
  void featuresAreNotJudgedWhileRulesCannotBeRead() {
    set.write("rules/load.yaml", "groups: [\n");
    assertThat(set.problems()).hasSize(1).first().asString().startsWith("rules/load.yaml:");
  }

  @Test
  void aFolderThatIsNotThereIsAProblem() {
    SetFolder none = new SetFolder(folder.resolve("none"));
    assertThat(none.problems())
        .hasSize(4)
        .anyMatch(problem -> problem.startsWith("rules: cannot be read"))
        .anyMatch(problem -> problem.startsWith("models: "));
  }

  @Test
  void everyFileThatIsReadCountsForTheVersionAndNoOther() {
    String version = set.read().version();
    set.write("rules/tests/load.yaml", "tests: []\n");
    set.write("rules/README.md", "about");
    assertThat(set.read().version()).isEqualTo(version);
    set.write("policies/load.yaml", SetFolder.POLICIES + "# a remark\n");
    assertThat(set.read().version()).isNotEqualTo(version);
  }
}
