package io.fleetward.bench.detection;

import io.fleetward.bench.Machine;
import io.fleetward.bench.causes.CauseResults;
import io.fleetward.models.table.BadTableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fleetward bench detection`.
@Command(
    name = "detection",
    mixinStandardHelpOptions = true,
    description = "Scores labelled data with the product's detector, beside what is public.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every measured goal is met",
      "1:a goal is missed, or none could be measured",
      "2:wrong arguments, bad data, or a file cannot be written"
    })
public final class DetectionCommand implements Callable<Integer> {
  private static final int MISSED = 1;
  private static final int BAD_INPUT = 2;
  private static final int PLOTTED = 12;

  @ArgGroup private EffortOptions effort = new EffortOptions();

  @Option(
      names = "--set",
      split = ",",
      paramLabel = "SET",
      description = "only these: smd, asd, services2, services3, kpi, nab, nezha, petshop")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--series",
      paramLabel = "TEXT",
      description = "only series whose name has this; prints no goals' worth, for development")
  private String part = "";

  @Option(
      names = "--output",
      paramLabel = "F.json",
      description = "keep the report: F.json, F.md, F-SET.svg")
  private @Nullable Path output;

  @Option(names = "--scores", paramLabel = "FOLDER", description = "keep the scores of each series")
  private @Nullable Path scores;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "where the folders of the sets lie")
  private @Nullable Path data;

  @Option(names = "--threads", paramLabel = "N", description = "series at a time; default: 2")
  private int threads = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// One of two.
  private static final class EffortOptions {
    @Option(names = "--quick", description = "each series once; this is the default")
    @SuppressWarnings("UnusedVariable") // it is what happens without --full
    boolean quick;

    @Option(names = "--full", description = "trained series once more without training rows")
    boolean full;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    double loadBefore = Machine.load();
    Map<DetectionSet, List<Judgement>> judged = new EnumMap<>(DetectionSet.class);
    Map<DetectionSet, List<Judgement>> cold = new EnumMap<>(DetectionSet.class);
    Map<DetectionSet, String> reasons = new EnumMap<>(DetectionSet.class);
    Map<DetectionSet, CauseResults> causes = new EnumMap<>(DetectionSet.class);
    try {
      measure(judged, cold, causes, reasons);
      DetectionReport report =
          new DetectionReport(
              command(),
              Instant.now(),
              Machine.since(loadBefore),
              new Targets(judged, reasons).judge(causes.get(DetectionSet.NEZHA)),
              summaries(judged, cold),
              all(judged, cold).stream().map(Judgement::result).toList(),
              causes.values().stream().flatMap(each -> each.groups().stream()).toList());
      spec.commandLine().getOut().println(report.text());
      spec.commandLine().getOut().flush();
      if (output != null) {
        new ReportFiles(output).write(report, plots(judged));
      }
      return report.passed() ? ExitCode.OK : MISSED;
    } catch (BadTableException e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.println(
          "%s: cannot be written (%s); name a file in a folder that you may write to"
              .formatted(output, e.getClass().getSimpleName()));
    }
    err.flush();
    return BAD_INPUT;
  }

  private String command() {
    return "fleetward bench detection "
        + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private List<DetectionSet> chosen() {
    if (sets.isEmpty()) {
      return Arrays.asList(DetectionSet.values());
    }
    return sets.stream()
        .map(key ->
            DetectionSet.of(key)
                .orElseThrow(() ->
                    new ParameterException(
                        spec.commandLine(),
                        "unknown set \"%s\"; there are: %s".formatted(key, DetectionSet.keys()))))
        .toList();
  }

  private void measure(
      Map<DetectionSet, List<Judgement>> judged,
      Map<DetectionSet, List<Judgement>> cold,
      Map<DetectionSet, CauseResults> causes,
      Map<DetectionSet, String> reasons) {
    DetectionData found = data == null ? DetectionData.standard() : new DetectionData(data);
    DetectionRun run =
        new DetectionRun(
            threads,
            spec.commandLine().getErr(),
            scores == null ? (_, _, _) -> {} : new ScoreFolder(scores));
    PrintWriter progress = spec.commandLine().getErr();
    for (DetectionSet set : chosen()) {
      Optional<CauseResults> result = found.causes(set, progress::println);
      if (result.isPresent()) {
        causes.put(set, result.get());
        continue;
      }
      List<SeriesSource> series =
          found.series(set).stream().filter(each -> each.name().contains(part)).toList();
      if (series.isEmpty()) {
        reasons.put(set, found.absence(set));
        continue;
      }
      judged.put(set, run.judge(series));
      List<SeriesSource> untrained =
          series.stream().filter(each -> each.train().isPresent()).map(SeriesSource::cold).toList();
      if (effort.full && !untrained.isEmpty()) {
        cold.put(set, run.judge(untrained));
      }
    }
  }

  private static List<SetSummary> summaries(
      Map<DetectionSet, List<Judgement>> judged, Map<DetectionSet, List<Judgement>> cold) {
    List<SetSummary> summaries = new ArrayList<>();
    judged.forEach((set, series) -> summaries.add(SetSummary.of(set.key(), series)));
    cold.forEach((set, series) -> summaries.add(SetSummary.of(set.key() + " cold", series)));
    return summaries;
  }

  private static List<Judgement> all(
      Map<DetectionSet, List<Judgement>> judged, Map<DetectionSet, List<Judgement>> cold) {
    List<Judgement> all = new ArrayList<>();
    judged.values().forEach(all::addAll);
    cold.values().forEach(all::addAll);
    return all;
  }

  private static List<Plot> plots(Map<DetectionSet, List<Judgement>> judged) {
    return judged.entrySet().stream()
        .map(each ->
            new Plot(
                each.getKey().key(),
                each.getValue().stream().map(Judgement::strip).limit(PLOTTED).toList()))
        .toList();
  }
}
