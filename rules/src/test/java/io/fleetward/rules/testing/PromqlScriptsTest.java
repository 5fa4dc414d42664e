package io.fleetward.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetward.rules.testing.ScriptReport.Line;
import io.fleetward.rules.testing.ScriptReport.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Prometheus' own test scripts, where they are at hand.
class PromqlScriptsTest {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("fleetward.promqltest", "../../shared/data/promqltest"));

  private static final int CASES = 1326;

  @Test
  void everyCasePasses() throws IOException {
    assumeTrue(
        Files.isDirectory(SCRIPTS),
        "skipped: no scripts in " + SCRIPTS + "; set -Dfleetward.promqltest");
    List<Line> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".test")).sorted().toList()) {
        lines.addAll(
            ScriptRunner.run(String.valueOf(file.getFileName()), Files.readString(file)).lines());
      }
    }
    if (!System.getProperty("fleetward.report", "").isEmpty()) {
      Files.write(
          Path.of(System.getProperty("fleetward.report")),
          lines.stream().map(Line::asTsv).toList());
    }
    assertThat(lines).filteredOn(line -> line.verdict() != Verdict.PASSED).isEmpty();
    // scripts that are no longer read would pass, too
    assertThat(lines).hasSize(CASES);
  }
}
