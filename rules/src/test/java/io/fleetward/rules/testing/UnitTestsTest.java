package io.fleetward.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetward.rules.command.CheckCommand;
import io.fleetward.rules.command.UnitTestCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTestsTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("fleetward.rulefiles", "../../shared/data/prometheus-rules"));

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

  private String text() {
    return output.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"features.yaml", "alerts.yaml", "capacity.yaml"})
  void theHostPackPassesItsTests(String file) {
    assertThat(UnitTests.run(Path.of("packs/host/tests", file))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "promtool-testdata/at-modifier-test.yml,0",
    "promtool-testdata/bad-input-series.yml,1",
    "promtool-testdata/bad-promql.yml,1",
    "promtool-testdata/bad-rules-error-test.yml,1",
    "promtool-testdata/bad-rules-syntax-test.yml,1",
    "promtool-testdata/failing.yml,1",
    "promtool-testdata/long-period.yml,0",
    "promtool-testdata/negative-offset-test.yml,0",
    "promtool-testdata/no-test-group-interval.yml,0",
    "promtool-testdata/rules_run.yml,1",
    "promtool-testdata/rules_run_extrafields.yml,1",
    "promtool-testdata/rules_run_fuzzy.yml,1",
    "promtool-testdata/rules_run_no_fuzzy.yml,1",
    "promtool-testdata/start-time-test.yml,0",
    "kubernetes-mixin/tests/apps_alerts-test.yaml,0",
    "kubernetes-mixin/tests/kube_scheduler-test.yaml,0",
    "kubernetes-mixin/tests/kubelet-test.yaml,0",
  })
  void unitTestFilesHaveTheVerdictThatUpstreamMeansThemToHave(String file, int status) {
    assumeCorpus();
    int given = new UnitTestCommand(List.of(CORPUS.resolve(file))).run(out, out);
    assertThat(given).as(text()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "node-mixin.rules.yml,0",
    "awesome-docker-containers-google-cadvisor.yml,0",
    "awesome-host-and-hardware-node-exporter.yml,0",
    "awesome-openstack-openstack-exporter.yml,0",
    "awesome-rabbitmq-rabbitmq-exporter.yml,0",
    "awesome-s.m.a.r.t-device-monitoring-smartctl-exporter.yml,0",
    "awesome-systemd-systemd-exporter.yml,0",
    "kubernetes-mixin/prometheus_alerts.yaml,0",
    "kubernetes-mixin/prometheus_rules.yaml,0",
    "promtool-testdata/rules.yml,0",
    "promtool-testdata/rules-bad.yml,1",
    "promtool-testdata/rules_duplicates.yml,0",
    "promtool-testdata/rules_extrafields.yml,1",
    "promtool-testdata/prometheus-rules.lint.yml,0",
    "promtool-testdata/bad-rules-syntax.yml,1",
    "promtool-testdata/bad-rules-error.yml,0",
    "promtool-testdata/at-modifier.yml,0",
    "promtool-testdata/negative-offset.yml,0",
  })
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
