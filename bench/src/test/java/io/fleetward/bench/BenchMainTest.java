package io.fleetward.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchMainTest {
  private static final Goal FAST = Goal.atMost("time", 50, "ns");
  private static final Goal MANY = Goal.atLeast("hosts", 10, "hosts");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /// A benchmark whose results are known beforehand.
  private record Fixed(List<GoalResult> goals) implements Benchmark {
    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public String description() {
      return "known beforehand";
    }

    @Override
    public Measurement run(Effort effort) {
      return new Measurement(
          goals, List.of(new Figure("effort", effort == Effort.FULL ? 2 : 1, "steps")));
    }
  }

  private int bench(List<GoalResult> goals, String... arguments) {
    return new CommandLine(new BenchMain(List.of(new Fixed(goals))))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void endsWellWhenAllMeasuredGoalsAreMet() {
    int status =
        bench(
            List.of(FAST.judge(49.96), MANY.judge(10), MANY.judge(Double.NaN)), "fixed", "--full");

    assertThat(status).isZero();
    assertThat(out.toString())
        .startsWith("fixed on ")
        .contains("effort")
        .contains("2 steps")
        .contains(
            "met           time at most 50 ns: 50.0",
            "met           hosts at least 10 hosts: 10",
            "not measured  hosts at least 10 hosts: no number came out");
  }

  @Test
  void endsBadlyWhenAGoalIsMissed() {
    assertThat(bench(List.of(FAST.judge(50.5), MANY.judge(10)), "fixed", "--quick")).isEqualTo(1);
    assertThat(out.toString()).contains("missed        time at most 50 ns: 50.5");
  }

  @Test
  void endsBadlyWhenNothingCouldBeMeasured() {
    assertThat(bench(List.of(new GoalResult.NotMeasured(FAST, "no broker")), "fixed")).isEqualTo(1);
    assertThat(out.toString()).contains("not measured  time at most 50 ns: no broker");
  }

  @Test
  void listsTheBenchmarksWhenTheNameIsUnknown() {
    assertThat(bench(List.of(), "fixt")).isEqualTo(2);
    assertThat(err.toString())
        .contains("unknown benchmark \"fixt\"; there are:")
        .contains("  fixed  known beforehand");
  }

  @Test
  void refusesArgumentsThatExcludeEachOtherOrAreMissing() {
    assertThat(bench(List.of(), "fixed", "--quick", "--full")).isEqualTo(2);
    assertThat(bench(List.of())).isEqualTo(2);
  }

  @Test
  void writesTheReport(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.json");
    int status = bench(List.of(FAST.judge(40)), "fixed", "--output", file.toString());
    JsonNode report = new ObjectMapper().readTree(file.toFile());

    assertThat(status).isZero();
    assertThat(report.at("/benchmark").asText()).isEqualTo("fixed");
    assertThat(report.at("/effort").asText()).isEqualTo("QUICK");
    assertThat(report.at("/measurement/goals/0/verdict").asText()).isEqualTo("met");
    assertThat(report.at("/measurement/goals/0/value").asDouble()).isEqualTo(40);
    assertThat(report.at("/machine/processors").asInt()).isPositive();
  }

  @Test
  void saysWhenTheReportCannotBeWritten(@TempDir Path folder) {
    String file = folder.resolve("none/report.json").toString();

    assertThat(bench(List.of(FAST.judge(40)), "fixed", "--output", file)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            file
                + ": cannot be written (NoSuchFileException);"
                + " name a file in a folder that you may write to");
  }

  @Test
  void detectionIsABenchmarkWithOptionsOfItsOwn() {
    CommandLine all = BenchMain.commandLine().setErr(new PrintWriter(err, true));

    assertThat(all.execute("none")).isEqualTo(2);
    assertThat(err.toString()).contains("\n  wire  ", "\n  detection  Scores labelled data");
    assertThat(all.execute("detection", "--set", "none")).isEqualTo(2);
  }

  @Test
  void knowsEveryBenchmarkByAnotherName() {
    assertThat(BenchMain.all())
        .extracting(Benchmark::name)
        .contains("wire")
        .doesNotHaveDuplicates();
  }
}
