package io.fleetward.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
  private static final String GOOD =
      """
      models:
        - name: long-run
          score: long_score
          alarm: long_alarm
          detector: ensemble
          features: [{ series: busy }]
      """;
  private static final String BAD =
      """
      models:
        - name: long-run
          score: long_score
          detector: ensembel
          features: [{ series: busy, scale_floor: 1 }]
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int check(Path... arguments) {
    return run(Stream.of(arguments).map(Path::toString).toArray(String[]::new));
  }

  private int run(String... arguments) {
    return new CommandLine(new ModelsCommands())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(Stream.concat(Stream.of("check"), Stream.of(arguments)).toArray(String[]::new));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void saysWhatGoodFilesHold() throws IOException {
    assertThat(check(file("good.yaml", GOOD))).isZero();
    assertThat(out)
        .hasToString(
            "long-run: ensemble of 1 features, writes long_score, long_alarm%n".formatted());
    assertThat(err).hasToString("");
  }

  @Test
  void saysWhereABadFileIsWrong() throws IOException {
    Path bad = file("bad.yaml", BAD);

    assertThat(check(bad)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "%s:4:15: \"detector\" is \"ensembel\"; write one of k-means, ensemble%n"
                .formatted(bad));
    assertThat(out).hasToString("");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(check(folder.resolve("none.yaml"))).isEqualTo(2);
    assertThat(err.toString()).contains("none.yaml");
  }

  @Test
  void looksForTheFeaturesInTheRules() throws IOException {
    Path rules =
        file(
            "rules.yaml",
            """
            groups:
              - name: g
                rules: [{ record: idle, expr: "1 - load" }]
            """);
    Path good = file("good.yaml", GOOD);

    assertThat(run(good.toString(), "--rules", rules.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("good.yaml:6:26: no rule records the feature \"busy\"");
  }
}
