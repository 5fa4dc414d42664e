package io.fleetward.bench.fleet;

import io.fleetward.bench.Effort;
import io.fleetward.bench.Figure;
import io.fleetward.bench.GoalResult;
import io.fleetward.bench.Machine;
import io.fleetward.bench.Measurement;
import io.fleetward.bench.Report;
import io.fleetward.bench.RuleData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fleetward bench fleet`: the service under the load of fleets of several sizes, beside a plain
/// consumer and Debian's Prometheus.
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description =
        "Loads a broker and a service with a made-up fleet: CPU, memory, delay of alerts.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every measured goal is met",
      "1:a goal is missed, or nothing could be measured",
      "2:wrong arguments, or the report cannot be written"
    })
public final class FleetCommand implements Callable<Integer> {
  private static final int MISSED = 1;
  private static final int BAD_INPUT = 2;

  /// As many samples are scored before it is measured, and are measured, whatever the fleet.
  private static final long WARM_UP_SCRAPES = 12_000;

  private static final long BACKLOG_SCRAPES = 20_000;

  @ArgGroup private EffortOptions effort = new EffortOptions();

  @Option(
      names = "--hosts",
      split = ",",
      paramLabel = "N",
      description = "sizes of the fleet; default: 500,10000, with --full 500,1000,10000,30000")
  private List<Integer> hosts = List.of();

  @Option(names = "--live", paramLabel = "SECONDS", description = "how long each is followed")
  private int live;

  @Option(names = "--heap", paramLabel = "SIZE", description = "the service's -Xmx; default: 6g")
  private String heap = "6g";

  @Option(names = "--models", paramLabel = "FOLDER", description = "other models than one detector")
  private @Nullable Path models;

  @Option(
      names = "--take-over",
      paramLabel = "STANDBYS",
      description = "only kill one of two services that have so many standbys")
  private @Nullable Integer takeOver;

  @Option(names = "--no-prometheus", description = "without Debian's Prometheus beside it")
  private boolean noPrometheus;

  @Option(names = "--profile", paramLabel = "FILE", description = "keep a flight recording")
  private @Nullable Path profile;

  @Option(names = "--output", paramLabel = "FILE", description = "also write the report as JSON")
  private @Nullable Path output;

  @Option(names = "--data", paramLabel = "FOLDER", description = "where node-mixin.rules.yml lies")
  private @Nullable Path data;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// One of two.
  private static final class EffortOptions {
    @Option(names = "--quick", description = "a minute or two each; this is the default")
    @SuppressWarnings("UnusedVariable") // it is what happens without --full
    boolean quick;

    @Option(names = "--full", description = "ten minutes each")
    boolean full;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    double loadBefore = Machine.load();
    List<GoalResult> goals = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    RuleData standard = RuleData.standard();
    RuleData rules = data == null ? standard : standard.in(data);
    try {
      for (int size : sizes()) {
        if (takeOver == null) {
          measure(size, rules, goals, figures);
        } else {
          takeOver(size, takeOver, rules, goals, figures);
        }
      }
      Report report =
          new Report(
              "fleet",
              effort.full ? Effort.FULL : Effort.QUICK,
              Instant.now(),
              Machine.since(loadBefore),
              new Measurement(goals, figures));
      report.print(spec.commandLine().getOut());
      if (output != null) {
        report.write(output);
      }
      return report.measurement().passed() ? ExitCode.OK : MISSED;
    } catch (IOException e) {
      err.println(e.getMessage());
      err.flush();
      return BAD_INPUT;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return MISSED;
    }
  }

  private List<Integer> sizes() {
    if (!hosts.isEmpty()) {
      return hosts;
    }
    return effort.full ? List.of(500, 1_000, 10_000, 30_000) : List.of(500, 10_000);
  }

  private void takeOver(
      int size, int standbys, RuleData rules, List<GoalResult> goals, List<Figure> figures)
      throws IOException, InterruptedException {
    try (FleetRig rig = new FleetRig()) {
      FleetFiles files =
          FleetFiles.write(rig.folder(), rules, rig.home(), Optional.ofNullable(models));
      new TakeOver(size, heap, standbys).measure(rig, files, goals, figures);
    }
  }

  private void measure(int size, RuleData rules, List<GoalResult> goals, List<Figure> figures)
      throws IOException, InterruptedException {
    FleetRun run =
        new FleetRun(
            size,
            new FleetRun.Plan(
                Math.max(2, WARM_UP_SCRAPES / size),
                Math.max(4, BACKLOG_SCRAPES / size),
                Duration.ofSeconds(live > 0 ? live : effort.full ? 600 : 120),
                heap,
                Optional.ofNullable(profile)),
            spec.commandLine().getErr());
    double cores;
    try (FleetRig rig = new FleetRig()) {
      FleetFiles files =
          FleetFiles.write(rig.folder(), rules, rig.home(), Optional.ofNullable(models));
      cores = run.run(rig, files);
    } finally {
      goals.addAll(run.goals());
      figures.addAll(run.figures());
    }
    if (size <= PrometheusFleet.MOST_HOSTS) {
      new PrometheusFleet(size, rules, noPrometheus).measure(cores, goals, figures);
    }
  }
}
