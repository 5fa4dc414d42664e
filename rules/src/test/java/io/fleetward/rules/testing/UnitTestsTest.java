package io.fleetward.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetward.rules.command.CheckCommand;
import io.fleetward.rules.command.UnitTestCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTestsTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("fleetward.rulefiles", "../../shared/data/prometheus-rules"));

  private static final Map<String, Integer> UNIT_TEST_FILES =
      Map.ofEntries(
          Map.entry("promtool-testdata/at-modifier-test.yml", 0),
          Map.entry("promtool-testdata/bad-input-series.yml", 1),
          Map.entry("promtool-testdata/bad-promql.yml", 1),
          Map.entry("promtool-testdata/bad-rules-error-test.yml", 1),
          Map.entry("promtool-testdata/bad-rules-syntax-test.yml", 1),
          Map.entry("promtool-testdata/failing.yml", 1),
          Map.entry("promtool-testdata/long-period.yml", 0),
          Map.entry("promtool-testdata/negative-offset-test.yml", 0),
          Map.entry("promtool-testdata/no-test-group-interval.yml", 0),
          Map.entry("promtool-testdata/rules_run.yml", 1),
          Map.entry("promtool-testdata/rules_run_extrafields.yml", 1),
          Map.entry("promtool-testdata/rules_run_fuzzy.yml", 1),
          Map.entry("promtool-testdata/rules_run_no_fuzzy.yml", 1),
          Map.entry("promtool-testdata/start-time-test.yml", 0),
          Map.entry("promtool-testdata/unittest.yml", 0),
          Map.entry("kubernetes-mixin/tests/apps_alerts-test.yaml", 0),
          Map.entry("kubernetes-mixin/tests/kube_scheduler-test.yaml", 0),
          Map.entry("kubernetes-mixin/tests/kubelet-test.yaml", 0));

  private static final Map<String, Integer> RULE_FILES =
      Map.ofEntries(
          Map.entry("node-mixin.rules.yml", 0),
          Map.entry("awesome-docker-containers-google-cadvisor.yml", 0),
          Map.entry("awesome-host-and-hardware-node-exporter.yml", 0),
          Map.entry("awesome-openstack-openstack-exporter.yml", 0),
          Map.entry("awesome-rabbitmq-rabbitmq-exporter.yml", 0),
          Map.entry("awesome-s.m.a.r.t-device-monitoring-smartctl-exporter.yml", 0),
          Map.entry("awesome-systemd-systemd-exporter.yml", 0),
          Map.entry("kubernetes-mixin/prometheus_alerts.yaml", 0),
          Map.entry("kubernetes-mixin/prometheus_rules.yaml", 0),
          Map.entry("promtool-testdata/rules.yml", 0),
          Map.entry("promtool-testdata/rules-bad.yml", 1),
          Map.entry("promtool-testdata/rules_duplicates.yml", 0),
          Map.entry("promtool-testdata/rules_extrafields.yml", 1),
          Map.entry("promtool-testdata/prometheus-rules.lint.yml", 0),
          Map.entry("promtool-testdata/bad-rules-syntax.yml", 1),
          Map.entry("promtool-testdata/bad-rules-error.yml", 0),
          Map.entry("promtool-testdata/at-modifier.yml", 0),
          Map.entry("promtool-testdata/negative-offset.yml", 0));

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

  static Stream<Arguments> unitTestFiles() {
    return UNIT_TEST_FILES.entrySet().stream()
        .map(one -> Arguments.of(one.getKey(), one.getValue()));
  }

  static Stream<Arguments> ruleFiles() {
    return RULE_FILES.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
  }

  @Test
  void everyFileOfTheCorpusHasItsVerdict() throws IOException {
    assumeCorpus();
    try (Stream<Path> files = Files.walk(CORPUS)) {
      assertThat(files.map(file -> CORPUS.relativize(file).toString()))
          .filteredOn(file -> file.endsWith(".yml") || file.endsWith(".yaml"))
          .isNotEmpty()
          .allMatch(file -> UNIT_TEST_FILES.containsKey(file) || RULE_FILES.containsKey(file));
    }
  }

  private String text() {
    return output.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host/tests/features.yaml",
        "host/tests/alerts.yaml",
        "host/tests/capacity.yaml",
        "host/tests/silence.yaml",
        "host/tests/faults.yaml"
      })
  void thePacksPassTheirTests(String file) {
    assertThat(UnitTests.run(Path.of("packs", file))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("unitTestFiles")
  void unitTestFilesHaveTheVerdictThatUpstreamMeansThemToHave(String file, int status) {
    assumeCorpus();
    int given = new UnitTestCommand(List.of(CORPUS.resolve(file))).run(out, out);
    assertThat(given).as(text()).isEqualTo(status);
  }

  @ParameterizedTest
  @MethodSource("ruleFiles")
  void ruleFilesHaveTheVerdictThatUpstreamMeansThemToHave(String file, int status) {
    assumeCorpus();
    int given =
        new CheckCommand(List.of(CORPUS.resolve(file)), false, CheckCommand.Style.VERDICT)
            .run(out, out);
    assertThat(given).as(text()).isEqualTo(status);
  }

  private static void assumeCorpus() {
    assumeTrue(
        Files.isDirectory(CORPUS),
        "skipped: no rule files in " + CORPUS + "; set -Dfleetward.rulefiles");
  }
}
