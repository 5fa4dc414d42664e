package io.fleetward.bench;

import io.fleetward.bench.detection.DetectionCommand;
import io.fleetward.bench.faults.FaultsCommand;
import io.fleetward.bench.fleet.FleetCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The `fleetward bench` command.
@Command(
    name = "fleetward bench",
    mixinStandardHelpOptions = true,
    description = "Measures one part of Fleetward and says which of its goals are met.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every measured goal is met",
      "1:a goal is missed, or none could be measured",
      "2:wrong arguments, or the report cannot be written"
    })
public final class BenchMain implements Callable<Integer> {
  private static final int MISSED = 1;
  private static final int BAD_INPUT = 2;

  private final List<Benchmark> benchmarks;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "the benchmark to run")
  private String name = "";

  @ArgGroup private EffortOptions effort = new EffortOptions();

  @Option(names = "--output", paramLabel = "FILE", description = "also write the report as JSON")
  private @Nullable Path output;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "where the benchmark finds what it does not bring, such as rule files")
  private @Nullable Path data;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// One of two.
  private static final class EffortOptions {
    @Option(names = "--quick", description = "take seconds, for a look; this is the default")
    @SuppressWarnings("UnusedVariable") // it is what happens without --full
    boolean quick;

    @Option(names = "--full", description = "take as long as steady figures need")
    boolean full;
  }

  BenchMain(List<Benchmark> benchmarks) {
    this.benchmarks = List.copyOf(benchmarks);
  }

  /// Every benchmark there is.
  static List<Benchmark> all() {
    return List.of(
        new WireBenchmark(), new RulesBenchmark(RuleData.standard()), new AgentBenchmark());
  }

  /// The command line with all benchmarks.
  static CommandLine commandLine() {
    return new CommandLine(new BenchMain(all()))
        .addSubcommand(new DetectionCommand())
        .addSubcommand(new FaultsCommand())
        .addSubcommand(new FleetCommand());
  }

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  @Override
  public Integer call() {
    Benchmark benchmark = data == null ? find() : find().withData(data);
    Effort chosen = effort.full ? Effort.FULL : Effort.QUICK;
    double loadBefore = Machine.load();
    Measurement measurement = benchmark.run(chosen);
    Report report =
        new Report(benchmark.name(), chosen, Instant.now(), Machine.since(loadBefore), measurement);
    report.print(spec.commandLine().getOut());
    if (output != null && !write(report, output)) {
      return BAD_INPUT;
    }
    return measurement.passed() ? ExitCode.OK : MISSED;
  }

  private Benchmark find() {
    return benchmarks.stream()
        .filter(benchmark -> benchmark.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ParameterException(spec.commandLine(), unknown()));
  }

  private String unknown() {
    StringBuilder text = new StringBuilder("unknown benchmark \"%s\"; there are:".formatted(name));
    for (Benchmark benchmark : benchmarks) {
      text.append("%n  %s  %s".formatted(benchmark.name(), benchmark.description()));
    }
    spec.commandLine()
        .getSubcommands()
        .forEach((other, command) ->
            text.append(
                "%n  %s  %s"
                    .formatted(other, command.getCommandSpec().usageMessage().description()[0])));
    return text.toString();
  }

  private boolean write(Report report, Path file) {
    try {
      report.write(file);
      return true;
    } catch (IOException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "%s: cannot be written (%s); name a file in a folder that you may write to"
              .formatted(file, e.getClass().getSimpleName()));
      err.flush();
      return false;
    }
  }
}
