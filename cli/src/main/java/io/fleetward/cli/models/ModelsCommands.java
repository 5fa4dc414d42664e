package io.fleetward.cli.models;

import io.fleetward.cli.operator.ExitStatus;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.models.table.BadTableException;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.service.configuration.ModelCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The `fleetward models` commands.
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {
      "Checks model files; tries detectors out on files;",
      "lists, trains and takes back versions of models."
    })
public final class ModelsCommands implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which one? check, score, list, show, train or rollback; see --help");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Checks model files; tells every problem with its place and remedy.",
        "",
        "Whether a rule records what a model reads is checked if --rules are given, as the service"
            + " does when it starts."
      },
      exitCodeListHeading = "%nExit status:%n",
      exitCodeList = {"0:good", "2:bad usage, or a file is bad"})
  int check(
      @Parameters(
              arity = "1..*",
              paramLabel = "FILE",
              description = "Files, or folders of *.yaml files.")
          List<Path> files,
      @Option(
              names = "--rules",
              arity = "1..*",
              paramLabel = "RULES.yaml",
              description = "The rule files that are to record what the models read.")
          @Nullable List<Path> rules) {
    Problems problems = new Problems();
    List<ModelSpecification> models =
        ModelCheck.read(files, rules == null ? List.of() : rules, problems);
    PrintWriter err = spec.commandLine().getErr();
    problems.list().forEach(err::println);
    err.flush();
    if (!problems.isEmpty()) {
      return ExitStatus.BAD_INPUT;
    }
    PrintWriter out = spec.commandLine().getOut();
    for (ModelSpecification model : models) {
      out.println(
          "%s: %s of %d features, writes %s"
              .formatted(
                  model.name(),
                  model.detector(),
                  model.features().size(),
                  String.join(", ", model.written())));
    }
    out.flush();
    return ExitStatus.DONE;
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
      if (isSame(output, input) || (train != null && isSame(output, train))) {
        err.println("%s: the scores would replace these rows; name another file".formatted(output));
        err.flush();
        return ExitStatus.BAD_INPUT;
      }
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

  private static boolean isSame(Path output, Path rows) throws IOException {
    return Files.exists(output) && Files.exists(rows) && Files.isSameFile(output, rows);
  }
}
