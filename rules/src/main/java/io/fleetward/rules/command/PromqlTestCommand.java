package io.fleetward.rules.command;

import io.fleetward.rules.testing.InvalidTestException;
import io.fleetward.rules.testing.ScriptReport;
import io.fleetward.rules.testing.ScriptReport.Line;
import io.fleetward.rules.testing.ScriptReport.Verdict;
import io.fleetward.rules.testing.ScriptRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `fleetward rules promqltest FILE… [--report R.tsv]`: runs Prometheus' test scripts.
///
/// @param report file that receives one line for each eval; null for none
public record PromqlTestCommand(List<Path> files, @Nullable Path report) {
  public PromqlTestCommand {
    files = List.copyOf(files);
  }

  /// @return 0 if everything passed, 1 if something failed, 2 if a file cannot be read or written
  public int run(PrintStream out, PrintStream errors) {
    List<Line> lines = new ArrayList<>();
    boolean unreadable = false;
    for (Path file : files) {
      try {
        String name = String.valueOf(file.getFileName());
        lines.addAll(ScriptRunner.run(name, Files.readString(file)).lines());
      } catch (IOException | InvalidTestException e) {
        errors.println("%s: cannot be read: %s".formatted(file, e.getMessage()));
        unreadable = true;
      }
    }
    lines.stream()
        .filter(line -> line.verdict() == Verdict.FAILED)
        .map(Line::asTsv)
        .forEach(out::println);
    boolean written = report == null || write(report, lines, errors);
    ScriptReport all = new ScriptReport(lines);
    out.println(
        "%d passed, %d failed, %d unsupported"
            .formatted(
                all.count(Verdict.PASSED),
                all.count(Verdict.FAILED),
                all.count(Verdict.UNSUPPORTED)));
    if (unreadable || !written) {
      return 2;
    }
    return all.count(Verdict.FAILED) > 0 ? 1 : 0;
  }

  private static boolean write(Path report, List<Line> lines, PrintStream errors) {
    try {
      Files.write(report, lines.stream().map(Line::asTsv).toList());
      return true;
    } catch (IOException e) {
      errors.println(
          "%s: cannot be written: %s; name a writable file".formatted(report, e.getMessage()));
      return false;
    }
  }
}
