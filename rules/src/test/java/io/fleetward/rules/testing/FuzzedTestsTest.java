package io.fleetward.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Test files that are damaged are run or refused, and come to an end.
class FuzzedTestsTest {
  private static final int SCRIPTS = 6_000;
  private static final int FILES = 1_500;
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

  private static final String SCRIPT =
      """
      load 5m
        x{a="b"} 0+10x5 _ 3 stale _x2 1e3
        @st -1m
        h {{schema:0 sum:5 count:4 buckets:[1 2 1]}}+{{sum:1 count:1 buckets:[1]}}x4
        c {{schema:-53 count:3 sum:2 custom_values:[1 2] buckets:[1 1 1] counter_reset_hint:gauge}}

      eval instant at 10m sum by (a) (rate(x[20m]))
        expect no_warn
        {a="b"} 0.03

      eval range from 0 to 20m step 5m histogram_quantile(0.5, h) + on () h </ 3
        expect info regex: PromQL info: .*
        {} 1 2x3 _

      load_with_nhcb 1m
        b_bucket{le="1"} 1+1x3
        b_bucket{le="+Inf"} 2+2x3

      eval_fail instant at 1m topk(1, b) fill_left (2)
        expected_fail_message no

      clear
      """;

  private static final String FILE =
      """
      evaluation_interval: 1m
      fuzzy_compare: true
      rule_files: [rules.yaml]
      tests:
        - interval: 1m
          input_series:
            - series: 'up{job="a"}'
              values: '1 0x3 _ 1+1x5 stale'
            - series: h
              values: '{{schema:1 count:2 sum:3 buckets:[1 1]}}x3'
          alert_rule_test:
            - eval_time: 3m
              alertname: Down
              exp_alerts:
                - exp_labels: {job: a}
                  exp_annotations: {text: 'a is down'}
          promql_expr_test:
            - expr: histogram_count(h) + 1
              eval_time: 2m
              exp_samples:
                - labels: '{}'
                  value: 3
                - labels: h
                  histogram: '{{schema:1 count:2 sum:3 buckets:[1 1]}}'
          external_labels: {cluster: b}
      """;

  private static final List<String> PIECES =
      List.of(
          "x1",
          "99",
          "-",
          "+",
          "_",
          "{{",
          "}}",
          "[",
          "]",
          "(",
          ")",
          "\"",
          "'",
          ":",
          "0",
          "1e99",
          "NaN",
          "Inf",
          "schema:9",
          "buckets:",
          "offset:-99",
          "le=",
          "@st",
          "step",
          "to",
          "5m",
          "1ms",
          " ",
          "\n",
          "\n\n",
          "eval",
          "load",
          "expect",
          "string",
          "@ 3",
          "[5m:1s]",
          "anchored",
          "info(",
          "count_values(\"a\", ",
          "x999",
          "é");

  private final long seed = Long.getLong("fleetward.seed", 11);
  private final SplittableRandom random = new SplittableRandom(seed);

  private String damaged(String text) {
    StringBuilder changed = new StringBuilder(text);
    int changes = random.nextInt(1, 6);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(changed.length() - 8);
      switch (random.nextInt(4)) {
        case 0 -> changed.delete(at, at + random.nextInt(1, 4));
        case 1 -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> changed.insert(at, changed.substring(at, at + 8));
        default -> changed.setCharAt(at, (char) random.nextInt(32, 127));
      }
    }
    return changed.toString();
  }

  /// Runs something that may refuse what it is given.
  private void runOrRefuse(String text, Runnable test) {
    long start = System.nanoTime();
    try {
      test.run();
    } catch (InvalidTestException | InvalidConfigurationException e) {
      assertThat(e).as("seed %d:%n%s", seed, text).hasMessageMatching("(?s).+");
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("seed %d:%n%s".formatted(seed, text), e);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("seed %d:%n%s", seed, text)
        .isLessThan(LONG_ENOUGH);
  }

  @Test
  void damagedScriptsAreRunOrRefused() {
    System.out.printf("%s: -Dfleetward.seed=%d%n", getClass().getSimpleName(), seed);
    for (int i = 0; i < SCRIPTS; i++) {
      String text = damaged(SCRIPT);
      runOrRefuse(text, () -> ScriptRunner.run("damaged.test", text));
    }
  }

  @Test
  void damagedUnitTestsAreRunOrRefused(@TempDir Path folder) throws IOException {
    System.out.printf("%s: -Dfleetward.seed=%d%n", getClass().getSimpleName(), seed);
    Files.writeString(
        folder.resolve("rules.yaml"),
        """
        groups:
          - name: g
            rules:
              - alert: Down
                expr: up == 0
                annotations: {text: '{{ $labels.job }} is down'}
              - record: kept
                expr: h
        """);
    Path file = folder.resolve("test.yaml");
    for (int i = 0; i < FILES; i++) {
      String text = damaged(FILE);
      Files.writeString(file, text);
      runOrRefuse(text, () -> UnitTests.run(file));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "load 1m\n  x 1x1999999\n  y 1x1999999",
        "load 1m\n  h {{buckets:[1 2 3]}}+{{buckets:[1]}}x999999",
        "load 1m\n  h {{offset:2000000000 buckets:[1]}}",
        "load 1m\n  h {{schema:77}}",
        "load 9999999999999y\n  x 1",
        "eval range from 0 to 1y step 1ms vector(1)",
        "eval range from 0 to 1m step 0 vector(1)",
        "eval instant at 0 \"a\"\n  expect string x",
        "eval instant at 0 \"a\"\n  expect string \"",
      })
  void whatWouldNotEndIsRefused(String script) {
    assertThatThrownBy(() -> ScriptRunner.run("endless.test", script))
        .isInstanceOf(InvalidTestException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evaluation_interval: 0s\ntests: []",
        "evaluation_interval: 1ms\ntests: [{promql_expr_test: [{expr: x, eval_time: 1y}]}]",
        "tests: [{input_series: [{series: x, values: '1x1999999'}, {series: y, values: '1x1999999'}]}]",
      })
  void unitTestsThatWouldNotEndAreRefused(String text, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("test.yaml"), text);
    assertThatThrownBy(() -> UnitTests.run(file)).isInstanceOf(InvalidConfigurationException.class);
  }
}
