package io.fleetward.protocol.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.fuzz.Damage;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Throws damaged files at the reader. `-Dfleetward.seed=` repeats a run.
class YamlFileFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final List<byte[]> VALID =
      List.of(
          """
          groups:
            - name: host   # a comment
              interval: 30s
              rules:
                - alert: Down
                  expr: 'up{job="node"} == 0'
                  for: 5m
                  labels: { severity: page, "zone": 'a' }
                  annotations:
                    summary: |
                      {{ $labels.instance }}
                        is down
          """
              .getBytes(UTF_8),
          "a: &x [1, 2.5, ~, null]\nb: *x\n? c\n: >-\n  folded\n  text\nd: !!str 7\n"
              .getBytes(UTF_8),
          "%YAML 1.2\n---\n\"\\u00e4\\n\": [{a: b}, []]\n...\n".getBytes(UTF_8));

  @Test
  void makesProblemsAndNoExceptions() {
    Damage damage = Damage.of(getClass());
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = damage.next(VALID);
      String input = "seed %d: %s".formatted(damage.seed(), HexFormat.of().formatHex(bytes));
      Problems problems = new Problems();
      Optional<YamlNode> node = parse(new String(bytes, UTF_8), problems, input);
      assertThat(node.isPresent() || !problems.isEmpty()).as(input).isTrue();
      read += node.isPresent() ? 1 : 0;
    }
    assertThat(read).as("seed %d", damage.seed()).isBetween(ROUNDS / 50, ROUNDS);
  }

  private static Optional<YamlNode> parse(String text, Problems problems, String input) {
    try {
      return YamlFile.parse("a.yaml", text, problems);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(input, e);
    }
  }
}
