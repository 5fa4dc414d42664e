package io.fleetward.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// On series made up here: rows 700 to 719 of 1,000 jump.
class DetectionCommandTest {
  private static final int ROWS = 1_000;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int detect(String... arguments) {
    return new CommandLine(new DetectionCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            Stream.concat(Stream.of("--data", folder.toString()), Stream.of(arguments))
                .toArray(String[]::new));
  }

  @BeforeEach
  void makeData() throws IOException {
    for (String name : new String[] {"smd/machine-2-1", "asd/omi-1"}) {
      pack(name + ".train.csv.gz", table(false));
      pack(name + ".test.csv.gz", table(true));
    }
    Files.writeString(folder.resolve("smd/machine-2-1.interp.txt"), "700-720:2\n");
    Files.writeString(folder.resolve("asd/omi-1.interp.txt"), "700-719:2\n");
  }

  private void pack(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(file))) {
      bytes.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String table(boolean test) {
    SplittableRandom random = new SplittableRandom(test ? 1 : 2);
    StringBuilder text = new StringBuilder(test ? "m01,m02,m03,label\n" : "m01,m02,m03\n");
    for (int row = 0; row < ROWS; row++) {
      boolean ill = test && row >= 700 && row < 720;
      text.append(
          String.format(
              Locale.ROOT,
              "%.4f,%.4f,%.4f%s\n",
              random.nextDouble(),
              random.nextDouble() + (ill ? 30 : 0),
              Math.sin(row / 25.0) + random.nextDouble(),
              test ? (ill ? ",1" : ",0") : ""));
    }
    return text.toString();
  }

  private void makeNab() throws IOException {
    Files.createDirectories(folder.resolve("nab/labels"));
    Files.createDirectories(folder.resolve("nab/data/one"));
    StringBuilder text = new StringBuilder("timestamp,value\n");
    LocalDateTime start = LocalDateTime.of(2014, 4, 10, 0, 0);
    SplittableRandom random = new SplittableRandom(3);
    for (int row = 0; row < ROWS; row++) {
      text.append(start.plusMinutes(5L * row).toString().replace('T', ' '))
          .append(":00,")
          .append(random.nextDouble() + (row == 700 ? 50 : 0))
          .append('\n');
    }
    Files.writeString(folder.resolve("nab/data/one/jump.csv"), text);
    Files.writeString(
        folder.resolve("nab/labels/combined_windows.json"),
        "{\"one/absent.csv\": [], \"one/jump.csv\": [[\"%s:00.000000\", \"%s:00.000000\"]]}"
            .formatted(
                start.plusMinutes(5 * 690).toString().replace('T', ' '),
                start.plusMinutes(5 * 740).toString().replace('T', ' ')));
  }

  @Test
  void printsGoalsBesideWhatIsPublic() {
    assertThat(detect("--set", "smd,asd")).isBetween(0, 1);
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.matches("\\[ +[12]/1\\].* events   1/1 .*"));
    assertThat(out.toString())
        .contains("SMD 2-1, 3-4, 2-7: VUS-PR", "best choice for each machine .644")
        .containsPattern("not measured +KPI: VUS-PR +not asked for")
        .containsPattern("met +SMD \\+ ASD: event recall +1.00");
  }

  @Test
  void saysWhichSetIsNotThere() {
    detect("--set", "asd,kpi");

    assertThat(out.toString()).contains("no kpi in " + folder + "; name its folder with --data");
  }

  @Test
  void keepsTheReportAndTheScores() throws IOException {
    makeNab();
    Path report = folder.resolve("report.json");
    Path scores = folder.resolve("scores");

    detect("--full", "--output", report.toString(), "--scores", scores.toString());

    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.at("/sets"))
        .extracting(set -> set.at("/name").asText())
        .containsExactly("smd", "asd", "nab", "smd cold", "asd cold");
    assertThat(json.at("/series/0/volumes/precisionRecall").asDouble()).isGreaterThan(0.5);
    assertThat(json.at("/series/0/decisions/events").asInt()).isEqualTo(1);
    assertThat(json.at("/sets/0/culprits/topThree").asDouble()).isEqualTo(1);
    assertThat(json.at("/sets/2/culprits/topThree").isNull()).isTrue();
    assertThat(json.at("/sets/2/nab/0/optimised/score").asDouble()).isGreaterThan(50);
    assertThat(folder.resolve("report.md")).content().contains("## Goals", "| smd cold | 1 |");
    assertThat(scores.resolve("smd/machine-2-1.csv")).content().hasLineCount(ROWS + 1);
    assertThat(scores.resolve("nab/one-jump.csv")).isRegularFile();
  }

  @Test
  void drawsEachSet() throws Exception {
    detect("--set", "smd", "--output", folder.resolve("r.json").toString());

    var drawing =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("r-smd.svg").toFile());
    assertThat(drawing.getElementsByTagName("g").getLength()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("r-smd.svg")))
        .contains("machine-2-1", "class=\"label\"", "class=\"score\"");
  }

  @Test
  void refusesUnknownSetsAndBadData() throws IOException {
    assertThat(detect("--set", "smt")).isEqualTo(2);
    assertThat(err.toString()).contains("unknown set \"smt\"; there are: smd, asd, services2");

    pack("asd/omi-1.train.csv.gz", "m01,m02,m03\n1,2\n");
    assertThat(detect("--set", "asd")).isEqualTo(2);
    assertThat(err.toString()).contains("omi-1.train.csv.gz:2: 2 fields, but the header has 3");
  }
}
