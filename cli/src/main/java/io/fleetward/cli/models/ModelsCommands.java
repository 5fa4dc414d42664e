package io.fleetward.cli.models;

import io.fleetward.cli.operator.ExitStatus;
import io.fleetward.models.table.BadTableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The `fleetward models` commands.
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Tries detectors out on files; lists, trains and takes back versions of models.")
public final class ModelsCommands implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which one? score, list, show, train or rollback; see --help");
  }

  @Command(
      name = "score",
      mixinStandardHelpOptions = true,
      description = {
        "Scores the rows of a file, each looking only at those before it.",
        "",
        "Files have a header and columns of numbers; a field may be empty. The column timestamp"
            + " is the time of the row (seconds since 1970 or ISO 8601), the column label is"
            + " never read. The output has a line for each row: index (from 0), score (empty"
            + " while UNDETERMINED), alarm (0 or 1), top (the three columns that contribute most,"
            + " strongest first, joined by ;)."
      },
      exitCodeListHeading = "%nExit status:%n",
      exitCodeList = {"0:scored", "2:bad usage, or a file cannot be used; nothing is written"})
  int score(
      @Option(
              names = "--input",
              required = true,
              paramLabel = "I.csv[.gz]",
              description = "The rows to score.")
          Path input,
      @Option(
              names = "--train",
              paramLabel = "T.csv[.gz]",
              description = "Rows of the same columns to learn from before; default: start cold.")
          @Nullable Path train,
      @Option(
              names = "--output",
              required = true,
              paramLabel = "S.csv[.gz]",
              description = "Where the scores go.")
          Path output) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      new WholeFile(output).write(new ScoreFiles(input, train)::write);
      return ExitStatus.DONE;
    } catch (BadTableException e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.println(
          "%s: cannot be written (%s); name a file in a folder that you may write to"
              .formatted(output, e.getClass().getSimpleName()));
    }
    err.flush();
    return ExitStatus.BAD_INPUT;
  }
}
