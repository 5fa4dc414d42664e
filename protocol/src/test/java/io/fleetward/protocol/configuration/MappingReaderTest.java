package io.fleetward.protocol.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingReaderTest {
  private final Problems problems = new Problems();

  private enum Mode {
    OBSERVE,
    FULLY_AUTOMATIC
  }

  private MappingReader read(String... lines) {
    return MappingReader.of(
        YamlFile.parse("a.yaml", String.join("\n", lines), problems).orElseThrow(), problems);
  }

  private List<String> told() {
    return problems.list().stream().map(Problem::toString).toList();
  }

  @Test
  void handsOutWhatIsThere() {
    MappingReader reader =
        read(
            "name: x",
            "for: 5m",
            "count: 3",
            "share: 0.5",
            "mode: fully-automatic",
            "labels: { a: '1', b: '2' }",
            "list: [one, two]",
            "inner: { deep: y }");

    assertThat(reader.requiredText("name")).isEqualTo("x");
    assertThat(reader.duration("for")).contains(Duration.ofMinutes(5));
    assertThat(reader.integer("count", 1, 3)).contains(3);
    assertThat(reader.number("share", 0, 1)).contains(0.5);
    assertThat(reader.word("mode", Mode.class)).contains(Mode.FULLY_AUTOMATIC);
    assertThat(reader.texts("labels")).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(reader.textList("list")).containsExactly("one", "two");
    assertThat(reader.nested("inner").orElseThrow().text("deep")).contains("y");
    reader.rejectUnknownKeys();
    assertThat(told()).isEmpty();
  }

  @Test
  void hasNothingForWhatIsAbsent() {
    MappingReader reader = read("name: x");

    assertThat(reader.text("a")).isEmpty();
    assertThat(reader.duration("a")).isEmpty();
    assertThat(reader.integer("a", 0, 1)).isEmpty();
    assertThat(reader.number("a", 0, 1)).isEmpty();
    assertThat(reader.word("a", Mode.class)).isEmpty();
    assertThat(reader.texts("a")).isEmpty();
    assertThat(reader.textList("a")).isEmpty();
    assertThat(reader.nested("a")).isEmpty();
    assertThat(told()).isEmpty();
  }

  @Test
  void tellsEveryProblemWithItsPlace() {
    MappingReader reader =
        read(
            "for: soon",
            "count: 4",
            "share: 2",
            "mode: sometimes",
            "list: x",
            "labels: [1]",
            "name: [x]",
            "empty:",
            "typo: 1");
    assertThat(reader.requiredText("missing")).isEmpty();
    assertThat(reader.duration("for")).isEmpty();
    assertThat(reader.integer("count", 1, 3)).isEmpty();
    assertThat(reader.number("share", 0, 1)).isEmpty();
    assertThat(reader.word("mode", Mode.class)).isEmpty();
    assertThat(reader.items("list")).isEmpty();
    assertThat(reader.texts("labels")).isEmpty();
    assertThat(reader.requiredText("name")).isEmpty();
    assertThat(reader.text("empty")).isEmpty();
    reader.rejectUnknownKeys();

    assertThat(told())
        .containsExactly(
            "a.yaml:1:1: \"missing\" is missing; add it",
            "a.yaml:1:6: \"soon\" is not a duration; write it like 30s, 5m or 1h30m",
            "a.yaml:2:8: \"count\" is \"4\"; write a whole number from 1 to 3",
            "a.yaml:3:8: \"share\" is \"2\"; write a number from 0.0 to 1.0",
            "a.yaml:4:7: \"mode\" is \"sometimes\"; write one of observe, fully-automatic",
            "a.yaml:5:7: \"list\" must be a list, not a single value",
            "a.yaml:6:9: expected a mapping of keys to values, found a list",
            "a.yaml:7:7: \"name\" must be a single value, not a list",
            "a.yaml:8:7: \"empty\" must be a single value, not nothing",
            "a.yaml:9:1: unknown key \"typo\"; known here: count, empty, for, labels, list,"
                + " missing, mode, name, share");
  }

  @ParameterizedTest
  @ValueSource(strings = {"30d", "1f", "0x1p3", "NaN", "Infinity", "1e999", "''", "five", "1 2"})
  void takesNoOtherWritingForANumber(String text) {
    assertThat(read("a: " + text).number("a", 0, 1000)).isEmpty();
    assertThat(told()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "+5", "5.", "5.0", ".5e1", "50E-1"})
  void takesTheUsualWritingsOfANumber(String text) {
    assertThat(read("a: " + text).number("a", 0, 1000)).contains(5.0);
  }

  @Test
  void takesAFileThatIsNoMappingForAnEmptyOne() {
    MappingReader reader = read("- x");

    assertThat(reader.mapping().entries()).isEmpty();
    assertThat(told())
        .containsExactly("a.yaml:1:1: expected a mapping of keys to values, found a list");
  }
}
