package io.fleetward.protocol.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.configuration.YamlNode.Mapping;
import io.fleetward.protocol.configuration.YamlNode.Place;
import io.fleetward.protocol.configuration.YamlNode.Scalar;
import io.fleetward.protocol.configuration.YamlNode.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
  private final Problems problems = new Problems();

  private Optional<YamlNode> parse(String text) {
    return YamlFile.parse("a.yaml", text, problems);
  }

  private String told() {
    return String.join("\n", problems.list().stream().map(Problem::toString).toList());
  }

  @Test
  void keepsThePlaceOfEveryValue() {
    Mapping mapping = (Mapping) parse("name: x\nlist:\n  - one\n  - two: ~\n").orElseThrow();
    Sequence list = (Sequence) mapping.value("list").orElseThrow();
    Mapping second = (Mapping) list.items().get(1);

    assertThat(told()).isEmpty();
    assertThat(mapping.value("name")).contains(new Scalar(new Place("a.yaml", 1, 7), "x", false));
    assertThat(list.items().getFirst().place()).isEqualTo(new Place("a.yaml", 3, 5));
    assertThat(second.value("two")).contains(new Scalar(new Place("a.yaml", 4, 10), "~", true));
  }

  @Test
  void leavesTypingToTheReader() {
    Mapping mapping = (Mapping) parse("a: 007\nb: 'null'\nc: yes\nd: \"~\"").orElseThrow();

    assertThat(mapping.entries())
        .extracting(entry -> ((Scalar) entry.value()).text())
        .containsExactly("007", "null", "yes", "~");
    assertThat(mapping.entries()).noneMatch(entry -> ((Scalar) entry.value()).isNull());
  }

  @Test
  void followsAnchors() {
    Mapping mapping = (Mapping) parse("a: &x [1]\nb: *x").orElseThrow();

    assertThat(told()).isEmpty();
    assertThat(mapping.value("b")).isEqualTo(mapping.value("a"));
  }

  @Test
  void mergesMappings() {
    Mapping mapping = (Mapping) parse("a: &x {one: 1, two: 2}\nb: {<<: *x, two: 3}").orElseThrow();

    assertThat(told()).isEmpty();
    assertThat(((Mapping) mapping.value("b").orElseThrow()).entries())
        .extracting(entry -> entry.key().text() + ((Scalar) entry.value()).text())
        .containsExactlyInAnyOrder("one1", "two3");
  }

  @Test
  void knowsHowNothingIsWritten() {
    Sequence sequence =
        (Sequence) parse("[~, null, Null, NULL, !!null x, '', '~', nil]").orElseThrow();

    assertThat(sequence.items())
        .extracting(item -> ((Scalar) item).isNull())
        .containsExactly(true, true, true, true, true, false, false, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\nb: 2\\na: 3 | a.yaml:3:1: key \"a\" comes twice; remove one",
        "[x]: 1 | a.yaml:1:1: a key must be a single value, not a list",
        "'' | a.yaml: is empty; write at least one entry",
        "'# nothing' | a.yaml: is empty; write at least one entry",
      })
  void tellsWhatIsWrongAndWhere(String text, String problem) {
    parse(text.replace("\\n", "\n"));

    assertThat(told()).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: [1, 2' | 'a.yaml:1:9: is not valid YAML: '",
        "'a: b: c' | 'a.yaml:1:5: is not valid YAML: '",
        "'a: 1\\n\tb: 2' | 'a.yaml:2:1: is not valid YAML: '",
        "'a: *nobody' | 'a.yaml:1:4: is not valid YAML: '",
        "'a: 1\\n---\\nb: 2' | 'a.yaml:2:1: is not valid YAML: '",
      })
  void refusesWhatIsNotYaml(String text, String start) {
    assertThat(parse(text.replace("\\n", "\n"))).isEmpty();
    assertThat(told()).startsWith(start);
    assertThat(problems.list()).hasSize(1);
  }

  @Test
  void refusesDeepNestingWithoutRecursion() {
    assertThat(parse("[".repeat(100_000))).isEmpty();
    assertThat(told()).isEqualTo("a.yaml:1:65: is nested deeper than 64 levels; flatten it");
  }

  @Test
  void takesNestingUpToTheLimit() {
    assertThat(parse("[".repeat(64) + "]".repeat(64))).isPresent();
    assertThat(told()).isEmpty();
  }

  @Test
  void refusesAFileThatAliasesMakeHuge() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x]\n");
    for (int i = 1; i < 16; i++) {
      text.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    assertThat(parse(text.toString())).isEmpty();
    assertThat(problems.list()).hasSize(1);
    assertThat(told()).contains("has more than 200000 values, aliases counted; split it");
  }

  @Test
  void refusesMoreAliasesThanAnyoneNeeds() {
    assertThat(parse("a: &a [x]\nb: [" + "*a, ".repeat(60) + "]")).isEmpty();
    assertThat(told()).startsWith("a.yaml").contains("is not valid YAML");
  }

  @Test
  void refusesAliasesThatContainThemselves() {
    parse("&a [*a, *a]");

    assertThat(problems.list()).hasSizeBetween(1, 2);
    assertThat(told()).startsWith("a.yaml:1:1: ");
  }

  @Test
  void tellsWhyAFileCannotBeRead(@TempDir Path folder) throws IOException {
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
    YamlFile.read(folder.resolve("none.yaml"), problems);
    YamlFile.read(latin, problems);
    YamlFile.read(folder, problems);
    YamlFile.read(Files.write(folder.resolve("huge.yaml"), new byte[3_000_001]), problems);

    assertThat(problems.list())
        .extracting(Problem::message)
        .satisfiesExactly(
            none -> assertThat(none).isEqualTo("no such file; create it or correct the path"),
            notUtf8 -> assertThat(notUtf8).isEqualTo("is not UTF-8 text; save it as UTF-8"),
            unreadable -> assertThat(unreadable).startsWith("cannot be read: "),
            huge -> assertThat(huge).isEqualTo("is larger than 3000000 bytes; split it"));
    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("none.yaml: no such file");
  }

  @Test
  void readsAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "a: ä\n");

    assertThat(YamlFile.read(file, problems)).isPresent();
    assertThat(problems.isEmpty()).isTrue();
  }
}
