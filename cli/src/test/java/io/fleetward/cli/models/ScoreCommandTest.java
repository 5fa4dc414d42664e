package io.fleetward.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class ScoreCommandTest {
  private static final int ROWS = 600;

  @TempDir private Path folder;

  private final StringWriter err = new StringWriter();

  private int score(String... arguments) {
    return new CommandLine(new ModelsCommands())
        .setErr(new PrintWriter(err, true))
        .execute(Stream.concat(Stream.of("score"), Stream.of(arguments)).toArray(String[]::new));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /// Three columns that move a little, with a jump of the second one in the last row.
  private static String table() {
    return "cpu,disk,net\n"
        + IntStream.range(0, ROWS)
            .mapToObj(row ->
                String.format(
                    Locale.ROOT,
                    "%.3f,%.3f,%.3f\n",
                    Math.sin(row * 0.7),
                    row == ROWS - 1 ? 40.0 : Math.cos(row * 1.3),
                    Math.sin(row * 2.9)))
            .collect(Collectors.joining());
  }

  private List<String> scored(Path input, String... more) throws IOException {
    Path output = folder.resolve("scores.csv");
    int status =
        score(
            Stream.concat(
                    Stream.of("--input", input.toString(), "--output", output.toString()),
                    Stream.of(more))
                .toArray(String[]::new));
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    return Files.readAllLines(output);
  }

  @Test
  void writesALineForEachRow() throws IOException {
    List<String> lines = scored(file("in.csv", table()));

    assertThat(lines).hasSize(ROWS + 1);
    assertThat(lines.getFirst()).isEqualTo("index,score,alarm,top");
    assertThat(lines.get(1)).isEqualTo("0,,0,");
    String[] last = lines.getLast().split(",", -1);
    assertThat(last[0]).isEqualTo("599");
    assertThat(Double.parseDouble(last[1])).isPositive();
    assertThat(last[3]).startsWith("disk");
    assertThat(last[3].split(";", -1)).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void trainingRowsEndTheWarmUp() throws IOException {
    Path rows = file("in.csv", table());

    assertThat(scored(rows, "--train", rows.toString()).get(1)).doesNotStartWith("0,,");
  }

  @Test
  void neverReadsLabelsAndNeedsNoTimes() throws IOException {
    String text = table();
    Path plain = file("plain.csv", text);
    Path labelled =
        file(
            "labelled.csv",
            text.lines()
                .map(line -> line.startsWith("cpu") ? line + ",label" : line + ",what?")
                .collect(Collectors.joining("\n")));

    assertThat(scored(labelled)).isEqualTo(scored(plain));
  }

  @Test
  void readsGzipAndTrainingColumnsInAnotherOrder() throws IOException {
    Path plain = file("in.csv", table());
    Path packed = folder.resolve("in.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(table().getBytes(StandardCharsets.UTF_8));
    }
    Path turned =
        file(
            "turned.csv",
            table()
                .lines()
                .map(line -> line.split(",", -1))
                .map(fields -> fields[2] + ',' + fields[0] + ',' + fields[1])
                .collect(Collectors.joining("\n")));

    assertThat(scored(packed, "--train", turned.toString()))
        .isEqualTo(scored(plain, "--train", plain.toString()));
  }

  @Test
  void aScoreNeverDependsOnLaterRows() throws IOException {
    List<String> whole = scored(file("in.csv", table()));
    String prefix = table().lines().limit(301).collect(Collectors.joining("\n"));

    assertThat(scored(file("prefix.csv", prefix))).isEqualTo(whole.subList(0, 301));
  }

  @Test
  void readsTimesAsNumbersOrDates() throws IOException {
    Path numbers = file("numbers.csv", withTimes(row -> Long.toString(1_393_000_000L + row * 60L)));
    Path millis = file("millis.csv", withTimes(row -> (1_393_000_000L + row * 60L) + "000"));
    Path dates =
        file(
            "dates.csv",
            withTimes(row -> Instant.ofEpochSecond(1_393_000_000L + row * 60L).toString()));

    assertThat(scored(dates)).isEqualTo(scored(numbers));
    assertThat(scored(millis)).isEqualTo(scored(numbers));
    // The training ends after the input begins.
    assertThat(scored(numbers, "--train", dates.toString())).hasSize(ROWS + 1);
  }

  private static String withTimes(IntFunction<String> time) {
    String[] lines = table().split("\n", -1);
    return "timestamp,"
        + lines[0]
        + "\n"
        + IntStream.range(0, ROWS)
            .mapToObj(row -> time.apply(row) + ',' + lines[row + 1] + "\n")
            .collect(Collectors.joining());
  }

  @Test
  void takesAnHourThatComesTwiceForAClockThatWasSetBack() throws IOException {
    Instant start = Instant.parse("2026-10-24T22:00:00Z");
    IntFunction<String> wallClock =
        row -> start.plusSeconds(row * 300L - (row < 36 ? 0 : 3_600)).toString().replace("Z", "");
    List<String> elapsed =
        scored(file("in.csv", withTimes(row -> start.plusSeconds(row * 300L).toString())));

    assertThat(scored(file("in.csv", withTimes(wallClock)))).isEqualTo(elapsed);
    Path zoned = file("in.csv", withTimes(row -> wallClock.apply(row) + "Z"));
    assertThat(score("--input", zoned.toString(), "--output", "none")).isEqualTo(2);
    assertThat(err.toString()).contains("2026-10-25T00:00:00Z is before the row above");
  }

  @Test
  void takesAnEmptyFieldForAMissingValue() throws IOException {
    assertThat(scored(file("in.csv", table().replace("\n0.644,", "\n,")))).hasSize(ROWS + 1);
  }

  record Bad(String text, String complaint) {}

  static Stream<Bad> badFiles() {
    return Stream.of(
        new Bad("", ":1: the file is empty; the first line names the columns"),
        new Bad("\n1,2\n", ":1: the line is empty; the first line names the columns"),
        new Bad("a,b\n", ":1: no rows follow the header"),
        new Bad("a,,b\n1,2,3\n", ":1: column 2 has no name; give it one"),
        new Bad("a,b,a\n1,2,3\n", ":1: column \"a\" comes twice, the second time as column 3"),
        new Bad("timestamp,label\n1,0\n", ":1: no column but \"timestamp\" and \"label\""),
        new Bad("a,b\n1,2\n3\n", ":3: 1 fields, but the header has 2 columns"),
        new Bad("a,b\n1,2\n3,4,5\n", ":3: 3 fields, but the header has 2 columns"),
        new Bad("a,b\n1,2\n\n3,4\n", ":3: the line is empty, but rows follow; remove it"),
        new Bad("a,b\n1,2\n3,x7\n", ":3: column \"b\": \"x7\" is not a number"),
        new Bad("a,b\n1,0x1p3\n", ":2: column \"b\": \"0x1p3\" is not a number"),
        new Bad("a,b\n1,2f\n", ":2: column \"b\": \"2f\" is not a number"),
        new Bad("a,b\n1,\"2\n", ":2: a quote does not end; a row is one line"),
        new Bad("timestamp,a\n60,1\n120,1\n90,1\n", ":4: column \"timestamp\": 90 is before"),
        new Bad(
            "timestamp,a\n2026-10-25 02:55,1\n2026-10-25 03:00,1\n2026-10-25 02:55,1\n",
            ":4: column \"timestamp\": 2026-10-25 02:55 is before"),
        new Bad("timestamp,a\nnoon,1\n", ":2: column \"timestamp\": \"noon\" is no time"),
        new Bad("timestamp,a\n,1\n", ":2: column \"timestamp\": \"\" is no time"),
        new Bad("timestamp,a\n2014-02-30 00:00:00,1\n", ":2: column \"timestamp\""));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void refusesBadInput(Bad bad) throws IOException {
    Path input = file("in.csv", bad.text());
    Path output = file("scores.csv", "older\n");

    assertThat(score("--input", input.toString(), "--output", output.toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith(input + bad.complaint());
    assertThat(output).hasContent("older\n");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("in.csv", "scores.csv");
  }

  static Stream<Bad> badTraining() {
    return Stream.of(
        new Bad("cpu,disk\n1,2\n", ":1: column \"net\" of "),
        new Bad("cpu,disk,net,more\n1,2,3,4\n", ":1: column \"more\" is not in "),
        new Bad("timestamp,cpu,disk,net\n1,2,3,4\n", ":1: column \"timestamp\" is missing, but "),
        new Bad("cpu,disk,net\n1,2\n", ":2: 2 fields"));
  }

  @ParameterizedTest
  @MethodSource("badTraining")
  void refusesBadTraining(Bad bad) throws IOException {
    Path input = file("in.csv", table());
    Path train = file("train.csv", bad.text());
    Path output = folder.resolve("scores.csv");

    int status =
        score(
            "--input",
            input.toString(),
            "--train",
            train.toString(),
            "--output",
            output.toString());

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains(bad.complaint());
    assertThat(output).doesNotExist();
  }

  @Test
  void refusesACompressedFileThatIsCutOff() throws IOException {
    Path packed = folder.resolve("in.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(table().getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));

    assertThat(score("--input", packed.toString(), "--output", folder.resolve("s").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("its compressed data end too early");
    assertThat(folder.resolve("s")).doesNotExist();
  }

  @Test
  void saysWhichFileIsMissingOrCannotBeWritten() throws IOException {
    Path input = file("in.csv", table());

    assertThat(score("--input", folder.resolve("none").toString(), "--output", "s")).isEqualTo(2);
    assertThat(err.toString()).contains(folder.resolve("none") + ": no such file");
    assertThat(score("--input", input.toString(), "--output", folder.resolve("no/s").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("no/s: cannot be written (NoSuchFileException)");
    assertThat(score("--input", input.toString(), "--output", folder.toString())).isEqualTo(2);
    assertThat(folder).isDirectoryContaining(each -> each.equals(input));
  }

  @Test
  void neverReplacesTheRowsThatItReads() throws IOException {
    Path input = file("in.csv", table());

    assertThat(score("--input", input.toString(), "--output", folder + "/./in.csv")).isEqualTo(2);

    assertThat(err.toString()).contains("in.csv: the scores would replace these rows");
    assertThat(Files.readString(input)).isEqualTo(table());
  }
}
