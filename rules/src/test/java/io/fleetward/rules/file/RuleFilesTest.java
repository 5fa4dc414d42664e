package io.fleetward.rules.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
  private static final String GOOD =
      """
      groups:
      - name: g
        interval: 30s
        limit: 5
        query_offset: 10s
        labels: {team: a}
        rules:
        - record: a:b
          expr: sum by (instance) (rate(x[1h] offset 5m))
          labels: {severity: page}
        - alert: A
          expr: |
            a:b > 1
          for: 5m
          keep_firing_for: 1m
          labels: {severity: page}
          annotations: {summary: '{{ $labels.instance }} is {{ $value | humanize }}'}
      """;

  private static List<String> problems(String text) {
    Problems problems = new Problems();
    RuleFiles.parse("rules.yaml", text, problems);
    return problems.list().stream().map(Problem::toString).toList();
  }

  @Test
  void readsEveryField(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("rules.yaml"), GOOD);
    RuleSet rules = RuleFiles.load(List.of(file));
    RuleGroup group = rules.groups().getFirst();
    assertThat(group.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(group.limit()).isEqualTo(5);
    assertThat(group.queryOffset()).isEqualTo(Duration.ofSeconds(10));
    assertThat(group.labels().value("team")).isEqualTo("a");
    assertThat(group.rules()).hasSize(2);
    assertThat(group.rules().getLast())
        .isInstanceOfSatisfying(
            Rule.Alerting.class,
            alert -> {
              assertThat(alert.holdFor()).isEqualTo(Duration.ofMinutes(5));
              assertThat(alert.keepFiringFor()).isEqualTo(Duration.ofMinutes(1));
            });
    assertThat(rules.retention()).isEqualTo(Duration.ofMinutes(65).plusSeconds(10));
    assertThat(rules.version()).hasSize(64);
    assertThat(RuleFiles.load(List.of(file)).version()).isEqualTo(rules.version());
  }

  @Test
  void tellsEveryProblemWithItsPlaceGroupAndRule() {
    String bad =
        """
        groups:
        - name: g
          rules:
          - record: a
            expr: sum(
          - alert: B
            expr: up
            annotations: {summary: '{{ $label.x }}'}
          - record: c
            expr: up
            for: 5m
          - expr: up
          - record: d
            alert: e
            expr: up[5m]
            colour: red
        - name: g
          interval: soon
        """;
    assertThat(problems(bad))
        .containsExactly(
            "rules.yaml:5:11: group \"g\", rule \"a\": could not parse expression: 1:5: parse error: unexpected end of input\n    sum(\n        ^",
            "rules.yaml:8:28: group \"g\", rule \"B\", annotation \"summary\": could not parse template: 1:4: undefined variable \"$label\"",
            "rules.yaml:9:5: group \"g\", rule \"c\": invalid field 'for' in recording rule; only alerts have it",
            "rules.yaml:12:5: group \"g\", rule \"\": one of 'record' or 'alert' must be set; add one",
            "rules.yaml:13:5: group \"g\", rule \"d\": only one of 'record' and 'alert' must be set; remove one",
            "rules.yaml:15:11: group \"g\", rule \"d\": expr yields a range vector; a rule needs an instant vector or a number",
            "rules.yaml:16:5: unknown key \"colour\"; known here: alert, annotations, expr, for, keep_firing_for, labels, record",
            "rules.yaml:18:13: \"soon\" is not a duration; write it like 30s, 5m or 1h30m",
            "rules.yaml:17:3: groupname: \"g\" is repeated in the same file; rename one");
  }

  @Test
  void aBadFileIsRefusedAsAWhole(@TempDir Path folder) {
    assertThatThrownBy(() -> RuleFiles.load(List.of(folder.resolve("none.yaml"))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("none.yaml: no such file; create it or correct the path");
  }

  @Test
  void anyTextIsReadOrRefused() {
    long seed = Long.getLong("fleetward.seed", 11);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder(GOOD);
      for (int change = 0; change < random.nextInt(1, 6); change++) {
        int at = random.nextInt(text.length() - 5);
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, (char) random.nextInt(32, 126));
          default -> text.insert(at, text.substring(at, at + 5));
        }
      }
      try {
        problems(text.toString());
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed %d:\n%s".formatted(seed, text), e);
      }
    }
  }
}
