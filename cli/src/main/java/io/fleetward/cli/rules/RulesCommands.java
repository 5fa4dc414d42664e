package io.fleetward.cli.rules;

import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.rules.command.CheckCommand;
import io.fleetward.rules.command.CheckCommand.Style;
import io.fleetward.rules.command.EvalCommand;
import io.fleetward.rules.command.PromqlTestCommand;
import io.fleetward.rules.command.UnitTestCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The command line of [io.fleetward.rules.command]; what each does is said there.
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Checks, tests and tries out Prometheus rule files, as promtool does.")
public final class RulesCommands implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which one? check, test, promqltest or eval; see --help");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Checks rule files; tells every problem with its place and remedy.",
      exitCodeListHeading = "%nExit status:%n",
      exitCodeList = {"0:good", "1:a file is bad", "2:bad usage", "3:lint, with --lint-fatal"})
  int check(
      @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files,
      @ArgGroup(exclusive = true) @Nullable Styles styles,
      @Option(
              names = "--lint-fatal",
              description = "Exit with 3 if a rule comes twice with the same labels.")
          boolean lintFatal) {
    Style style = styles == null ? Style.VERDICT : styles.style();
    return new CheckCommand(files, lintFatal, style).run(System.out, System.err);
  }

  /// How a check prints; one of these or none.
  static final class Styles {
    @Option(
        names = "--explain",
        description = "Also print where each rule runs, its selectors and its retention.")
    private boolean explain;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    private Style style() {
      return json ? Style.JSON : explain ? Style.EXPLAIN : Style.VERDICT;
    }
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Runs unit-test files in promtool's format.",
      exitCodeListHeading = "%nExit status:%n",
      exitCodeList = {"0:passed", "1:failed, or a file cannot be read", "2:bad usage"})
  int test(@Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files) {
    return new UnitTestCommand(files).run(System.out, System.err);
  }

  @Command(
      name = "promqltest",
      mixinStandardHelpOptions = true,
      description = "Runs Prometheus' own test scripts of the language.",
      exitCodeListHeading = "%nExit status:%n",
      exitCodeList = {"0:passed", "1:something failed", "2:bad usage, or a file cannot be used"})
  int promqltest(
      @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files,
      @Option(
              names = "--report",
              paramLabel = "R.tsv",
              description =
                  "One line for each eval: file:line, passed | failed | unsupported, message.")
          @Nullable Path report) {
    return new PromqlTestCommand(files, report).run(System.out, System.err);
  }

  @Command(
      name = "eval",
      mixinStandardHelpOptions = true,
      description = "Evaluates an expression on series in the test notation.",
      exitCodeListHeading = "%nExit status:%n",
      exitCodeList = {"0:evaluated", "1:cannot be evaluated", "2:bad usage, or no such file"})
  int eval(
      @Option(names = "--series", required = true, paramLabel = "FILE", description = "The series.")
          Path series,
      @Option(
              names = "--at",
              paramLabel = "TIME",
              converter = DurationConverter.class,
              description = "Since the first sample, such as 5m; default: the newest sample.")
          @Nullable Duration at,
      @Parameters(paramLabel = "EXPR") String expression) {
    return new EvalCommand(series, at, expression).run(System.out, System.err);
  }

  /// Reads a duration as Prometheus writes it.
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return PrometheusDuration.parse(value)
          .orElseThrow(() ->
              new TypeConversionException("\"" + value + "\" is no duration; write 30s or 5m"));
    }
  }
}
